package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.Scenario;
import java.util.List;

/**
 * Where the scenarios stand in a row of the table. First those that are no skew, padded to pairs of vectors; then the skews, padded to
 * vectors: so no vector holds both, and the sign of a skew needs no mask. What pads is a scenario whose damping is zero, worth nothing.
 */
final class ColumnLayout {

  private final int plainColumns;
  private final int stride;
  private final int[] columnOfScenario;
  private final double[] moves;
  private final double[] damping;

  ColumnLayout(PortfolioMarginParameters parameters, int lanes) {
    List<Scenario> scenarios = parameters.scenarios();
    int plain = (int) scenarios.stream().filter(scenario -> !scenario.volatility().isSkew()).count();
    plainColumns = padded(plain, 2 * lanes);
    stride = plainColumns + padded(scenarios.size() - plain, lanes);
    columnOfScenario = new int[scenarios.size()];
    moves = new double[stride];
    damping = new double[stride];
    int nextPlain = 0;
    int nextSkew = plainColumns;
    for (int i = 0; i < scenarios.size(); i++) {
      Scenario scenario = scenarios.get(i);
      int column = scenario.volatility().isSkew() ? nextSkew++ : nextPlain++;
      columnOfScenario[i] = column;
      moves[column] = scenario.spot() - 1.0;
      damping[column] = scenario.damping();
    }
  }

  private static int padded(int count, int multiple) {
    return (count + multiple - 1) / multiple * multiple;
  }

  /** Columns of scenarios that are no skew, padding included; the skews come after. */
  int plainColumns() {
    return plainColumns;
  }

  /** Columns of a row, padding included. */
  int stride() {
    return stride;
  }

  int columnOf(int scenario) {
    return columnOfScenario[scenario];
  }

  /** The spot's multiplier less one, by column. */
  double[] moves() {
    return moves;
  }

  /** By column; zero where a column pads. */
  double[] damping() {
    return damping;
  }
}
