package io.ringfence.margin.stress;

import java.util.Comparator;
import java.util.List;

/** What each member leaves unpaid in a scenario, by name of the member. */
public record ScenarioResult(StressScenario scenario, List<MemberLoss> losses) {

  /** The greatest losses, greatest first, of equal ones that of the first name; fewer if fewer members lose. */
  public List<MemberLoss> greatest(Basis basis, int count) {
    return losses.stream()
        .filter(loss -> loss.of(basis) > 0.0)
        .sorted(Comparator.comparingDouble((MemberLoss loss) -> -loss.of(basis)).thenComparing(MemberLoss::member))
        .limit(count)
        .toList();
  }

  /** Their sum. */
  public double cover(Basis basis, int count) {
    double sum = 0.0;
    for (MemberLoss loss : greatest(basis, count)) {
      sum = sum + loss.of(basis);
    }
    return sum;
  }
}
