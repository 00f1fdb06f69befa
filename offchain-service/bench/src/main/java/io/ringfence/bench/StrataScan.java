package io.ringfence.bench;

import com.opengamma.strata.pricer.impl.option.BlackFormulaRepository;
import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.engine.ListedOption;
import io.ringfence.margin.engine.UnderlyingMarket;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.ExpiryShocks;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.Scenario;
import java.util.Arrays;
import java.util.List;

/**
 * The worst scenario of portfolios as one writes it with OpenGamma Strata: the sum of quantity times
 * {@link BlackFormulaRepository#price} in each, without contingencies.
 */
final class StrataScan {

  private final PortfolioMarginParameters parameters;
  private final List<ListedOption> options;
  private final int[] expiryOf;
  private final int[][] ids;
  private final double[][] quantities;

  StrataScan(PortfolioMarginParameters parameters, Venue venue, int portfolios) {
    this.parameters = parameters;
    options = venue.instruments().optionsOf("BTC");
    List<Long> expiries = options.stream().map(ListedOption::expiry).distinct().toList();
    expiryOf = options.stream().mapToInt(option -> expiries.indexOf(option.expiry())).toArray();
    ids = new int[portfolios][];
    quantities = new double[portfolios][];
    for (int i = 0; i < portfolios; i++) {
      Venue.Account account = venue.account(i);
      ids[i] = account.ids();
      quantities[i] = account.quantities();
    }
  }

  private ExpiryShocks[] shocks(UnderlyingMarket market) {
    List<ExpiryMarket> expiries = market.market().expiries();
    return expiries.stream().map(expiry -> ExpiryShocks.of(parameters, expiry)).toArray(ExpiryShocks[]::new);
  }

  private double price(ExpiryShocks expiry, int option, double volatility, Scenario scenario) {
    double shocked = switch (scenario.volatility()) {
      case UP -> Math.max(volatility * expiry.upMultiplier(), parameters.volatility().leastShocked());
      case DOWN -> volatility * expiry.downMultiplier();
      case NONE -> volatility;
      case LINEAR_SKEW, LINEAR_SKEW_LOW_CAP, ABSOLUTE_SKEW -> throw new IllegalArgumentException("the peer's grid has no skews");
    };
    ListedOption listed = options.get(option);
    double forward = expiry.market().forward() * scenario.spot();
    return expiry.discount()
        * BlackFormulaRepository.price(forward, listed.strike(), expiry.years(), shocked, listed.right() == Right.CALL);
  }

  /** The sum of the first portfolios' least values, valuing every option of each. */
  double withoutSharing(UnderlyingMarket market, int portfolios) {
    ExpiryShocks[] shocks = shocks(market);
    List<Scenario> scenarios = parameters.scenarios();
    double sum = 0.0;
    for (int portfolio = 0; portfolio < portfolios; portfolio++) {
      double worst = Double.POSITIVE_INFINITY;
      for (Scenario scenario : scenarios) {
        double value = 0.0;
        for (int i = 0; i < ids[portfolio].length; i++) {
          int option = ids[portfolio][i];
          value += quantities[portfolio][i] * price(shocks[expiryOf[option]], option, market.volatilities()[option], scenario);
        }
        worst = Math.min(worst, value);
      }
      sum += worst;
    }
    return sum;
  }

  /** The same sum, valuing every option once. */
  double sharing(UnderlyingMarket market, int portfolios) {
    ExpiryShocks[] shocks = shocks(market);
    List<Scenario> scenarios = parameters.scenarios();
    double[][] values = new double[options.size()][scenarios.size()];
    for (int option = 0; option < values.length; option++) {
      for (int scenario = 0; scenario < scenarios.size(); scenario++) {
        values[option][scenario] = price(shocks[expiryOf[option]], option, market.volatilities()[option], scenarios.get(scenario));
      }
    }
    double sum = 0.0;
    double[] totals = new double[scenarios.size()];
    for (int portfolio = 0; portfolio < portfolios; portfolio++) {
      Arrays.fill(totals, 0.0);
      for (int i = 0; i < ids[portfolio].length; i++) {
        double[] row = values[ids[portfolio][i]];
        double quantity = quantities[portfolio][i];
        for (int scenario = 0; scenario < totals.length; scenario++) {
          totals[scenario] += quantity * row[scenario];
        }
      }
      double worst = Double.POSITIVE_INFINITY;
      for (double total : totals) {
        worst = Math.min(worst, total);
      }
      sum += worst;
    }
    return sum;
  }

  /** Both ways must agree, or one of them measures something else. */
  void requireEqual(UnderlyingMarket market, int portfolios) {
    double apart = withoutSharing(market, portfolios);
    double shared = sharing(market, portfolios);
    if (Math.abs(apart - shared) > 1e-9 * Math.abs(apart)) {
      throw new IllegalStateException("the peer's two ways give " + apart + " and " + shared);
    }
  }
}
