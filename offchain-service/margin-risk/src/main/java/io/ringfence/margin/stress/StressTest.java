package io.ringfence.margin.stress;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.MarginModel;
import io.ringfence.margin.risk.MarketState;
import io.ringfence.margin.risk.Member;
import io.ringfence.margin.risk.OpenPositions;
import io.ringfence.margin.risk.Valuation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every scenario over every member. The order in which members, accounts and scenarios are given does not matter to the bit. */
public final class StressTest {

  /** An account before the move. {@code excess} is what it holds above its initial margin, zero or more. */
  private record Standing(OpenPositions positions, double excess) {}

  private final MarketState market;
  private final List<Member> members;
  private final SortedMap<String, Standing> standings = new TreeMap<>();

  /** Margins every account in the present market. */
  public StressTest(MarginModel model, MarketState market, List<Member> members) {
    this.market = market;
    this.members = Member.sorted(members);
    for (Member member : this.members) {
      for (Account account : member.accounts()) {
        OpenPositions open = OpenPositions.of(account, market);
        standings.put(account.name(), new Standing(open, Math.max(0.0, model.initial(open, market).margin())));
      }
    }
  }

  /** The results by name of the scenario; refuses two of one name. */
  public List<ScenarioResult> run(List<StressScenario> scenarios) {
    SortedMap<String, ScenarioResult> results = new TreeMap<>();
    for (StressScenario scenario : scenarios.stream().sorted(Comparator.comparing(StressScenario::name)).toList()) {
      if (results.put(scenario.name(), result(scenario)) != null) {
        throw new InvalidFigureException("scenario", "\"" + scenario.name() + "\" is given twice; give each a name of its own");
      }
    }
    return List.copyOf(results.values());
  }

  private ScenarioResult result(StressScenario scenario) {
    MarketState moved = scenario.applied(market);
    List<MemberLoss> losses = new ArrayList<>();
    for (Member member : members) {
      double held = 0.0;
      double withdrawn = 0.0;
      for (Account account : member.accounts()) {
        Standing standing = standings.get(account.name());
        double value = Valuation.of(standing.positions(), moved);
        held = held + Math.max(0.0, -value);
        withdrawn = withdrawn + Math.max(0.0, standing.excess() - value);
      }
      losses.add(new MemberLoss(member.name(), held, withdrawn));
    }
    return new ScenarioResult(scenario, List.copyOf(losses));
  }
}
