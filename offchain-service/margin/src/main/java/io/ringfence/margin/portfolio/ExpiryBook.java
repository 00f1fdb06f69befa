package io.ringfence.margin.portfolio;

import java.util.List;

/**
 * The options of one expiry in one account, and the sums of their values.
 *
 * <p>The sum of a column is {@code ((0 + q1 v1) + q2 v2) + ...} in the order of {@link Portfolio}: by strike, calls before puts. Products
 * and sums round one by one; there is no fused multiply-add.
 *
 * @param shocks the expiry
 * @param options the positions, in order
 * @param sums the value of all of them in settlement asset, by {@link ScenarioColumns}
 */
record ExpiryBook(ExpiryShocks shocks, List<OptionPosition> options, double[] sums) {

  static ExpiryBook of(PortfolioMarginParameters parameters, ExpiryShocks shocks, List<OptionPosition> options) {
    OptionRevaluation revaluation = new OptionRevaluation(parameters);
    double[] sums = new double[ScenarioColumns.count(parameters)];
    for (OptionPosition option : options) {
      double[] values = revaluation.values(shocks, option.strike(), option.right(), option.volatility());
      for (int column = 0; column < sums.length; column++) {
        sums[column] = sums[column] + option.quantity() * values[column];
      }
    }
    return new ExpiryBook(shocks, List.copyOf(options), sums);
  }

  /** The value at the market's own prices. */
  double mark() {
    return sums[ScenarioColumns.MARK];
  }

  /** Units of options, long and short. */
  double grossQuantity() {
    double gross = 0.0;
    for (OptionPosition option : options) {
      gross = gross + Math.abs(option.quantity());
    }
    return gross;
  }

  /** Units that are short after calls and puts at the same strike are set off against each other. */
  double nakedShorts() {
    double naked = 0.0;
    int next = 0;
    while (next < options.size()) {
      double strike = options.get(next).strike();
      double net = 0.0;
      while (next < options.size() && options.get(next).strike() == strike) {
        net = net + options.get(next).quantity();
        next++;
      }
      naked = naked + Math.max(0.0, -net);
    }
    return naked;
  }
}
