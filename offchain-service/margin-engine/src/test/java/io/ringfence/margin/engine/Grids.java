package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.ProcyclicalityBuffer;
import io.ringfence.margin.portfolio.Scenario;
import io.ringfence.margin.portfolio.VolatilityMove;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The published grids, and grids of every size: none of them fits vectors but by padding. */
final class Grids {

  private Grids() {}

  static List<PortfolioMarginParameters> all() {
    PortfolioMarginParameters standard = PortfolioGrids.standard();
    List<PortfolioMarginParameters> grids = new ArrayList<>(List.of(
        standard,
        standard.withBuffer(ProcyclicalityBuffer.drawnDown("test")),
        PortfolioGrids.deribitLike(),
        standard.withScenarios(List.of(Scenario.of(1.2, VolatilityMove.UP))),
        standard.withScenarios(List.of(Scenario.of(1.0, VolatilityMove.ABSOLUTE_SKEW)))));
    SplittableRandom random = new SplittableRandom(71);
    for (int size : new int[] {2, 7, 8, 9, 16, 17, 31, 64, 65, 200}) {
      grids.add(standard.withScenarios(random(random, size)));
    }
    return grids;
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
