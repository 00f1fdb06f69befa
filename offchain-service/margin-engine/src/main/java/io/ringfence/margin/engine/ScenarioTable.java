package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.Admission;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.ExpiryShocks;
import io.ringfence.margin.portfolio.OptionRevaluation;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.ScenarioColumns;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The value of one unit of every option of an underlying: at the market's own prices, at the two moves of the basis, and in every scenario.
 * A row whose option is not quoted is NaN, so that no sum with it can pass for a number; likewise the forward of an expiry.
 *
 * <p>An update computes anew only the rows whose forward, rate, time to expiry or volatility differs from the update before it.
 */
final class ScenarioTable {

  /** Values of a row beside the scenarios: mark, basis up, basis down, and one that makes the row a power of two. */
  static final int SPECIALS = 4;

  private static final int ROWS_PER_BLOCK = 16;

  private final PortfolioMarginParameters parameters;
  private final OptionRevaluation revaluation;
  private final OptionChain chain;
  private final ColumnLayout layout;
  private final double[] columns;
  private final double[] specials;
  private final double[] volatilities;
  private final ExpiryShocks[] shocks;
  private final double[] longDiscount;
  private final double[] shortDiscount;
  private final double[] basisFactor;
  private final double[] leastConfidence;
  private final double[] forward;
  private final double[] movingForward;
  private final double[] forwardConfidence;
  private final int[] changed;
  private double leastConfidenceOfAll;

  ScenarioTable(PortfolioMarginParameters parameters, OptionChain chain, ColumnLayout layout) {
    this.parameters = parameters;
    this.revaluation = new OptionRevaluation(parameters);
    this.chain = chain;
    this.layout = layout;
    long cells = (long) chain.size() * Math.max(layout.stride(), SPECIALS);
    if (cells > Integer.MAX_VALUE - 8) {
      throw new InvalidFigureException("options on " + chain.underlying(), "times scenarios are " + cells + ", more than an array holds");
    }
    columns = filled(chain.size() * layout.stride());
    specials = filled(chain.size() * SPECIALS);
    volatilities = filled(chain.size());
    changed = new int[chain.size()];
    int expiries = chain.expiries().length;
    shocks = new ExpiryShocks[expiries];
    longDiscount = filled(expiries);
    shortDiscount = filled(expiries);
    basisFactor = filled(expiries);
    leastConfidence = new double[expiries];
    forward = filled(expiries);
    movingForward = filled(expiries);
    forwardConfidence = new double[expiries];
  }

  private static double[] filled(int length) {
    double[] array = new double[length];
    Arrays.fill(array, Double.NaN);
    return array;
  }

  /** Checks a market and computes what its expiries share, by expiry and null where one is not quoted; changes nothing. */
  ExpiryShocks[] prepare(UnderlyingMarket market) {
    requireVolatilities(market.volatilities());
    return nextShocks(market);
  }

  /**
   * Takes over a market.
   *
   * @param next as {@link #prepare} returned it
   * @return how many rows were computed
   */
  int update(UnderlyingMarket market, ExpiryShocks[] next, Workers workers) {
    int count = 0;
    for (int row = 0; row < chain.size(); row++) {
      int expiry = chain.expiryOf(row);
      double volatility = market.volatilities()[row];
      if (!sameValues(shocks[expiry], next[expiry]) || !sameBits(volatility, volatilities[row])) {
        volatilities[row] = volatility;
        changed[count++] = row;
      }
    }
    for (int expiry = 0; expiry < next.length; expiry++) {
      take(expiry, next[expiry]);
    }
    leastConfidenceOfAll = Arrays.stream(leastConfidence).min().orElse(1.0);
    int rows = count;
    workers.run((rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK, (worker, block) -> {
      int to = Math.min(rows, (block + 1) * ROWS_PER_BLOCK);
      for (int i = block * ROWS_PER_BLOCK; i < to; i++) {
        revalue(changed[i]);
      }
    });
    return rows;
  }

  private void requireVolatilities(double[] given) {
    if (given.length != chain.size()) {
      throw new InvalidFigureException("volatilities of " + chain.underlying(),
          "are " + given.length + " for " + chain.size() + " options; give one for each, NaN where there is no quote");
    }
    for (int row = 0; row < given.length; row++) {
      if (!Double.isNaN(given[row])) {
        Admission.notNegative("volatility of " + chain.underlying() + " option " + row, given[row]);
      }
    }
  }

  private ExpiryShocks[] nextShocks(UnderlyingMarket market) {
    Map<Long, ExpiryMarket> quoted = new HashMap<>();
    market.market().expiries().forEach(expiry -> quoted.put(expiry.secondsToExpiry(), expiry));
    ExpiryShocks[] next = new ExpiryShocks[shocks.length];
    for (int i = 0; i < next.length; i++) {
      ExpiryMarket expiry = quoted.get(chain.expiries()[i] - market.asOf());
      if (expiry != null) {
        next[i] = shocks[i] != null && expiry.equals(shocks[i].market()) ? shocks[i] : ExpiryShocks.of(parameters, expiry);
      }
    }
    return next;
  }

  /** Whether options have the same values under both: confidences have no part in them. */
  private static boolean sameValues(ExpiryShocks before, ExpiryShocks after) {
    if (before == after || before == null || after == null) {
      return before == after;
    }
    return before.market().secondsToExpiry() == after.market().secondsToExpiry()
        && sameBits(before.market().forward(), after.market().forward())
        && sameBits(before.market().rate(), after.market().rate());
  }

  private static boolean sameBits(double a, double b) {
    return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
  }

  private void take(int expiry, ExpiryShocks taken) {
    shocks[expiry] = taken;
    longDiscount[expiry] = taken == null ? Double.NaN : taken.longDiscount();
    shortDiscount[expiry] = taken == null ? Double.NaN : taken.shortDiscount();
    basisFactor[expiry] = taken == null ? Double.NaN : taken.basisFactor();
    leastConfidence[expiry] = taken == null ? 1.0 : taken.market().leastConfidence();
    forward[expiry] = taken == null ? Double.NaN : taken.market().forward();
    movingForward[expiry] = taken == null ? Double.NaN : taken.movingForward();
    forwardConfidence[expiry] = taken == null ? 1.0 : taken.market().forwardConfidence();
  }

  private void revalue(int row) {
    int column = row * layout.stride();
    int special = row * SPECIALS;
    if (!quoted(row)) {
      Arrays.fill(columns, column, column + layout.stride(), Double.NaN);
      Arrays.fill(specials, special, special + SPECIALS, Double.NaN);
      return;
    }
    ListedOption option = chain.option(row);
    double[] values = revaluation.values(shocks[chain.expiryOf(row)], option.strike(), option.right(), volatilities[row]);
    Arrays.fill(columns, column, column + layout.stride(), 0.0);
    for (int scenario = 0; scenario < parameters.scenarios().size(); scenario++) {
      columns[column + layout.columnOf(scenario)] = values[ScenarioColumns.scenario(scenario)];
    }
    specials[special] = values[ScenarioColumns.MARK];
    specials[special + 1] = values[ScenarioColumns.basisUp(parameters)];
    specials[special + 2] = values[ScenarioColumns.basisDown(parameters)];
  }

  /** Whether the option of a row has a forward and a volatility; once expired a volatility of zero is one. */
  boolean quoted(int row) {
    ExpiryShocks expiry = shocks[chain.expiryOf(row)];
    double volatility = volatilities[row];
    return expiry != null && (volatility > 0.0 || volatility == 0.0 && expiry.market().secondsToExpiry() <= 0);
  }

  OptionChain chain() {
    return chain;
  }

  ColumnLayout layout() {
    return layout;
  }

  /** Values in scenarios: row times {@link ColumnLayout#stride} plus column. */
  double[] columns() {
    return columns;
  }

  /** Mark, basis up, basis down: row times {@link #SPECIALS} plus 0, 1, 2. */
  double[] specials() {
    return specials;
  }

  double[] longDiscount() {
    return longDiscount;
  }

  double[] shortDiscount() {
    return shortDiscount;
  }

  double[] basisFactor() {
    return basisFactor;
  }

  /** By expiry; NaN where it is not quoted. */
  double[] forward() {
    return forward;
  }

  /** By expiry, the part of the forward that the settlement has not fixed; NaN where it is not quoted. */
  double[] movingForward() {
    return movingForward;
  }

  /** By expiry. */
  double[] forwardConfidence() {
    return forwardConfidence;
  }

  /** By expiry, of what bears on its options. */
  double[] leastConfidence() {
    return leastConfidence;
  }

  /** Of all expiries, so that accounts are looked at for doubts only where there may be one. */
  double leastConfidenceOfAll() {
    return leastConfidenceOfAll;
  }

  long bytes() {
    return 8L * (columns.length + specials.length + volatilities.length + 7L * shocks.length) + 4L * changed.length;
  }
}
