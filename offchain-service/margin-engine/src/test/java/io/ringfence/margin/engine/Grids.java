package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.CollateralRule;
import io.ringfence.margin.portfolio.CollateralSchedule;
import io.ringfence.margin.portfolio.ConcentrationStep;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.ProcyclicalityBuffer;
import io.ringfence.margin.portfolio.Scenario;
import io.ringfence.margin.portfolio.VolatilityMove;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The published grids, grids of every size (none of them fits vectors but by padding), and collateral schedules of every kind. */
final class Grids {

  private Grids() {}

  static List<PortfolioMarginParameters> all() {
    PortfolioMarginParameters standard = PortfolioGrids.standard();
    List<PortfolioMarginParameters> grids = new ArrayList<>(List.of(
        standard,
        standard.withBuffer(ProcyclicalityBuffer.drawnDown("test")),
        PortfolioGrids.deribitLike(),
        standard.withScenarios(List.of(Scenario.of(1.2, VolatilityMove.UP))),
        standard.withScenarios(List.of(Scenario.of(1.0, VolatilityMove.ABSOLUTE_SKEW))),
        standard.withCollateral(new CollateralSchedule("", false, standard.collateral().rules())),
        standard.withCollateral(slices(true)),
        standard.withCollateral(slices(false))));
    SplittableRandom random = new SplittableRandom(71);
    for (int size : new int[] {2, 7, 8, 9, 16, 17, 31, 64, 65, 200}) {
      grids.add(standard.withScenarios(random(random, size)));
    }
    return grids;
  }

  /** Slices of equal amounts and such as are cut entirely, a cap of nothing, what follows nothing listed, and the venue's own token. */
  private static CollateralSchedule slices(boolean limited) {
    return new CollateralSchedule("USDT", limited, new TreeMap<>(Map.of(
        "BTC", new CollateralRule(0.3, 0.2, "BTC", 400, List.of(
            new ConcentrationStep(100, 0.5), new ConcentrationStep(200, 0.1), new ConcentrationStep(300, 0.1))),
        "ETH", new CollateralRule(1.0, 0.0, "ETH", 50e6, List.of()),
        "USDC", new CollateralRule(0.5, 0.5, "DOGE", 0, List.of(new ConcentrationStep(10, 0.0))))));
  }

  private static List<Scenario> random(SplittableRandom random, int size) {
    Set<Scenario> scenarios = new LinkedHashSet<>();
    VolatilityMove[] moves = VolatilityMove.values();
    while (scenarios.size() < size) {
      double damping = random.nextBoolean() ? 1.0 : random.nextDouble();
      scenarios.add(new Scenario(random.nextDouble(0, 3), moves[random.nextInt(moves.length)], damping));
    }
    return List.copyOf(scenarios);
  }
}
