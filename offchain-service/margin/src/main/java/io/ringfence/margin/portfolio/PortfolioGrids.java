package io.ringfence.margin.portfolio;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The grids that are published with the library; each equals the resource of its name. */
public final class PortfolioGrids {

  /** The edition of both grids' figures; changes with any of them. */
  private static final String VERSION = "2";

  /** The tails: multipliers of the spot, and how far each is from 1. */
  private static final double[] TAILS = {0.34, 0.67, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0};
  private static final double[] TAIL_MOVES = {0.66, 0.33, 0.5, 1.0, 2.0, 3.0, 4.0, 5.0};

  private PortfolioGrids() {}

  /** {@code portfolio-default.json}: moves to 13.5% with volatility up, unchanged and down, 18% up, tails damped to 0.1386 / |move|. */
  public static PortfolioMarginParameters standard() {
    List<Scenario> scenarios = new ArrayList<>();
    for (double spot : new double[] {0.865, 0.91, 0.955, 1.0, 1.045, 1.09, 1.135}) {
      addColumn(scenarios, spot);
    }
    scenarios.add(Scenario.of(0.82, VolatilityMove.UP));
    scenarios.add(Scenario.of(1.18, VolatilityMove.UP));
    addTails(scenarios, 0.1386);
    scenarios.add(Scenario.of(1.0, VolatilityMove.LINEAR_SKEW));
    scenarios.add(Scenario.of(1.0, VolatilityMove.ABSOLUTE_SKEW));
    return new PortfolioMarginParameters(
        PortfolioMarginParameters.MODEL,
        VERSION,
        scenarios,
        new VolatilityRange(0.5, 0.3, 0.30, 0.13, 1.0, 0.40),
        defaultSkew(),
        new ShockedDiscount(0.95, 1.0, 0.08, 1.04, 0.5, 0.08),
        new BasisRule(1.045, 0.955, 0.5, 2.0),
        new LossFactors(1.0, 0.8, 0.99, 4.0),
        new PositionRates(0.03, 0.01, 0.003, 0.002),
        new ConfidenceRule(0.55, 1.0),
        1800.0,
        ProcyclicalityBuffer.full(),
        defaultCollateral());
  }

  /**
   * {@code portfolio-deribit-like.json}: the range, steps, powers and tails that Deribit publishes for BTC, on this model's formulas. What
   * that venue has and this model has not (liquidity shocks by delta, annualised moves between expiries) is not in it.
   */
  public static PortfolioMarginParameters deribitLike() {
    List<Scenario> scenarios = new ArrayList<>();
    for (double spot : new double[] {0.84, 0.88, 0.92, 0.96, 1.0, 1.04, 1.08, 1.12, 1.16}) {
      addColumn(scenarios, spot);
    }
    addTails(scenarios, 0.16);
    return new PortfolioMarginParameters(
        PortfolioMarginParameters.MODEL,
        VERSION,
        scenarios,
        new VolatilityRange(0.5, 0.25, 0.30, 0.13, 1.0, 0.50),
        defaultSkew(),
        new ShockedDiscount(1.0, 1.0, 0.0, 1.0, 0.0, 0.0),
        new BasisRule(1.0, 1.0, 0.0, 0.0),
        new LossFactors(1.0, 0.8, 0.0, 0.0),
        new PositionRates(0.006, 0.0, 0.01, 0.0),
        new ConfidenceRule(0.0, 0.0),
        1800.0,
        ProcyclicalityBuffer.full(),
        defaultCollateral());
  }

  private static void addColumn(List<Scenario> scenarios, double spot) {
    scenarios.add(Scenario.of(spot, VolatilityMove.DOWN));
    scenarios.add(Scenario.of(spot, VolatilityMove.NONE));
    scenarios.add(Scenario.of(spot, VolatilityMove.UP));
  }

  private static void addTails(List<Scenario> scenarios, double range) {
    for (int i = 0; i < TAILS.length; i++) {
      scenarios.add(new Scenario(TAILS[i], VolatilityMove.UP, range / TAIL_MOVES[i]));
    }
  }

  private static SkewRange defaultSkew() {
    return new SkewRange(0.15, -0.05, 0.15, -0.05, 0.01, 4.0, 0.6, -0.1);
  }

  private static CollateralSchedule defaultCollateral() {
    return new CollateralSchedule("", true, new TreeMap<>(Map.of(
        "BTC", new CollateralRule(0.05, 0.05, "BTC", 50e6, List.of(new ConcentrationStep(5e6, 0.05), new ConcentrationStep(20e6, 0.15))),
        "ETH", new CollateralRule(0.07, 0.05, "ETH", 25e6, List.of(new ConcentrationStep(2.5e6, 0.05), new ConcentrationStep(10e6, 0.15))),
        "USDC", new CollateralRule(0.0, 0.0, "", 1e9, List.of()),
        "USDT", new CollateralRule(0.03, 0.02, "", 10e6, List.of(new ConcentrationStep(1e6, 0.05))))));
  }
}
