package io.ringfence.margin.portfolio;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.pricing.Black76;
import io.ringfence.margin.pricing.Elementary;
import java.util.List;

/**
 * The value of one option now and in every scenario: a function of market and parameters alone, the same for every account that holds it.
 */
public final class OptionRevaluation {

  private final PortfolioMarginParameters parameters;

  /** A revaluation on the grid of these parameters; it has no other state. */
  public OptionRevaluation(PortfolioMarginParameters parameters) {
    this.parameters = parameters;
  }

  /**
   * The values of one unit, discounted to today, by {@link ScenarioColumns}.
   *
   * @param expiry the option's expiry, of the same parameters
   * @param strike positive
   * @param right call or put
   * @param volatility mark volatility, zero or more
   */
  public double[] values(ExpiryShocks expiry, double strike, Right right, double volatility) {
    double[] values = new double[ScenarioColumns.count(parameters)];
    values[ScenarioColumns.MARK] = value(expiry, strike, right, expiry.forwardAt(1.0), volatility);
    List<Scenario> scenarios = parameters.scenarios();
    for (int i = 0; i < scenarios.size(); i++) {
      Scenario scenario = scenarios.get(i);
      double forward = expiry.forwardAt(scenario.volatility().isSkew() ? 1.0 : scenario.spot());
      double shocked = shocked(expiry, strike, volatility, scenario.volatility());
      values[ScenarioColumns.scenario(i)] = value(expiry, strike, right, forward, shocked);
    }
    BasisRule basis = parameters.basis();
    values[ScenarioColumns.basisUp(parameters)] = value(expiry, strike, right, expiry.forwardAt(basis.up()), volatility);
    values[ScenarioColumns.basisDown(parameters)] = value(expiry, strike, right, expiry.forwardAt(basis.down()), volatility);
    return values;
  }

  private double shocked(ExpiryShocks expiry, double strike, double volatility, VolatilityMove move) {
    return switch (move) {
      case NONE -> volatility;
      case UP -> Math.max(
          Math.max(volatility, parameters.buffer().longRunVolatility()) * expiry.upMultiplier(), parameters.volatility().leastShocked());
      case DOWN -> volatility * expiry.downMultiplier();
      case LINEAR_SKEW -> volatility * skewed(logMoneyness(expiry, strike), expiry.linearCap(), expiry.skewWidth());
      case LINEAR_SKEW_LOW_CAP -> volatility * skewed(logMoneyness(expiry, strike), expiry.absoluteCap(), expiry.skewWidth());
      case ABSOLUTE_SKEW -> volatility * skewed(Math.abs(logMoneyness(expiry, strike)), expiry.absoluteCap(), expiry.skewWidth());
    };
  }

  private static double logMoneyness(ExpiryShocks expiry, double strike) {
    return Elementary.ln(strike / expiry.forwardAt(1.0));
  }

  /** The multiplier of a volatility, zero or more; without width every strike off the forward is at its cap. */
  private static double skewed(double k, double cap, double width) {
    double slope = k == 0.0 || cap == 0.0 ? 0.0 : k * cap / width;
    double change = k >= 0.0 ? Math.min(cap, slope) : Math.max(-cap, slope);
    return Math.max(0.0, 1.0 + change);
  }

  private static double value(ExpiryShocks expiry, double strike, Right right, double forward, double volatility) {
    double deviation = volatility * expiry.rootYears();
    return switch (right) {
      case CALL -> Black76.call(forward, strike, deviation, expiry.discount());
      case PUT -> Black76.put(forward, strike, deviation, expiry.discount());
    };
  }
}
