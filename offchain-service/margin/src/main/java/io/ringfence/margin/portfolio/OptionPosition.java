package io.ringfence.margin.portfolio;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import java.util.Comparator;

/**
 * A holding of options.
 *
 * @param secondsToExpiry which expiry, as the market names it
 * @param strike settlement asset per unit of the underlying, positive
 * @param right call or put
 * @param volatility mark volatility, a year's standard deviation; positive, or zero or more once expired
 * @param quantity units of the underlying, negative if short
 */
public record OptionPosition(long secondsToExpiry, double strike, Right right, double volatility, double quantity) {

  /** The order in which positions are added up: expiry, strike, calls before puts; then the rest, so that equal books add equally. */
  static final Comparator<OptionPosition> ORDER =
      Comparator.comparingLong(OptionPosition::secondsToExpiry)
          .thenComparingDouble(OptionPosition::strike)
          .thenComparing(OptionPosition::right)
          .thenComparingDouble(OptionPosition::volatility)
          .thenComparingDouble(OptionPosition::quantity);

  /** Refuses figures out of range. */
  public OptionPosition {
    String name = "option in " + secondsToExpiry + " s";
    strike = Admission.positive("strike of the " + name, strike);
    Admission.present("right of the " + name, right);
    String named = right + " " + strike + " in " + secondsToExpiry + " s";
    volatility = Admission.notNegative("volatility of " + named, volatility);
    if (volatility == 0.0 && secondsToExpiry > 0) {
      throw new InvalidFigureException("volatility of " + named, "is zero; give the mark volatility, 0.5 for 50%");
    }
    quantity = Admission.any("quantity of " + named, quantity);
  }

  /** Whether both are of one option at one volatility; at two it is valued as two, each by its own. */
  boolean isLotOf(OptionPosition other) {
    return secondsToExpiry == other.secondsToExpiry && strike == other.strike && right == other.right && volatility == other.volatility;
  }
}
