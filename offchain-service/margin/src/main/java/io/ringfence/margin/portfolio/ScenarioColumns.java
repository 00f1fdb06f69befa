package io.ringfence.margin.portfolio;

/**
 * Where an instrument's values stand in its array: the mark value, one value for each scenario of the grid in its order, and the two of the
 * basis contingency.
 */
public final class ScenarioColumns {

  /** The column of the value at the market's own prices. */
  public static final int MARK = 0;

  private static final int FIRST_SCENARIO = 1;

  private ScenarioColumns() {}

  /** The column of the scenario at an index of the grid. */
  public static int scenario(int index) {
    return FIRST_SCENARIO + index;
  }

  /** The column of the basis move upwards. */
  public static int basisUp(PortfolioMarginParameters parameters) {
    return FIRST_SCENARIO + parameters.scenarios().size();
  }

  /** The column of the basis move downwards. */
  public static int basisDown(PortfolioMarginParameters parameters) {
    return basisUp(parameters) + 1;
  }

  /** How many columns there are. */
  public static int count(PortfolioMarginParameters parameters) {
    return basisDown(parameters) + 1;
  }
}
