package io.ringfence.margin.portfolio;

import java.util.ArrayList;
import java.util.List;

/**
 * What one account holds of one expiry: options, with the sums of their values, and units of the future.
 *
 * <p>The sum of a column is {@code ((0 + q1 v1) + q2 v2) + ...} in the order of {@link Portfolio}: by strike, calls before puts. Products
 * and sums round one by one; there is no fused multiply-add.
 *
 * @param shocks the expiry
 * @param options the positions, in order; may be none
 * @param sums the value of all of them in settlement asset, by {@link ScenarioColumns}
 * @param futures units of the future, negative if short; zero if none
 */
record ExpiryBook(ExpiryShocks shocks, List<OptionPosition> options, double[] sums, double futures) {

  /** A book for every expiry in which options or units of the future are held, nearest first; refuses one that is not quoted. */
  static List<ExpiryBook> of(PortfolioMarginParameters parameters, Portfolio portfolio, PortfolioMarket market) {
    List<FuturePosition> futures = portfolio.futures().stream().filter(future -> future.quantity() != 0.0).toList();
    List<OptionPosition> options = portfolio.options();
    List<ExpiryBook> books = new ArrayList<>();
    int nextFuture = 0;
    int nextOption = 0;
    while (nextFuture < futures.size() || nextOption < options.size()) {
      long ofFuture = nextFuture < futures.size() ? futures.get(nextFuture).secondsToExpiry() : Long.MAX_VALUE;
      long ofOption = nextOption < options.size() ? options.get(nextOption).secondsToExpiry() : Long.MAX_VALUE;
      long seconds = Math.min(ofFuture, ofOption);
      int from = nextOption;
      while (nextOption < options.size() && options.get(nextOption).secondsToExpiry() == seconds) {
        nextOption++;
      }
      ExpiryShocks shocks = ExpiryShocks.of(parameters, market.require(seconds));
      double quantity = ofFuture == seconds ? futures.get(nextFuture++).quantity() : 0.0;
      books.add(of(parameters, shocks, options.subList(from, nextOption), quantity));
    }
    return List.copyOf(books);
  }

  private static ExpiryBook of(PortfolioMarginParameters parameters, ExpiryShocks shocks, List<OptionPosition> options, double futures) {
    OptionRevaluation revaluation = new OptionRevaluation(parameters);
    double[] sums = new double[ScenarioColumns.count(parameters)];
    for (OptionPosition option : options) {
      double[] values = revaluation.values(shocks, option.strike(), option.right(), option.volatility());
      for (int column = 0; column < sums.length; column++) {
        sums[column] = sums[column] + option.quantity() * values[column];
      }
    }
    return new ExpiryBook(shocks, List.copyOf(options), sums, futures);
  }

  long secondsToExpiry() {
    return shocks.market().secondsToExpiry();
  }

  /** The value of the options at the market's own prices. */
  double mark() {
    return sums[ScenarioColumns.MARK];
  }

  /** What the future is worth to a move of the forward of one, in settlement asset: the part that the settlement has fixed is not in it. */
  double movingNotional() {
    return futures * shocks.movingForward();
  }

  /** The future's size whatever its direction, at the forward, in settlement asset. */
  double grossNotional() {
    return Math.abs(futures) * shocks.market().forward();
  }

  /**
   * The change in value when the forward alone is multiplied: of the options, then of the future.
   *
   * @param column of the options' values at that forward
   * @param multiplier of the forward
   */
  double basisChange(int column, double multiplier) {
    return sums[column] - mark() + movingNotional() * (multiplier - 1.0);
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
