package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A European option, settled in cash at its expiry, premium paid at the trade.
 *
 * @param strike settlement asset per unit of the underlying, positive, kept without trailing zeros
 */
public record EuropeanOption(String underlying, LocalDate expiry, BigDecimal strike, Right right) implements Expiring {

  /** What the holder may do. */
  public enum Right { CALL, PUT }

  public EuropeanOption {
    InstrumentNames.requireUnderlying(underlying);
    InstrumentNames.requireExpiry(underlying, expiry);
    strike = Figures.positive("strike of an option on " + underlying, strike);
    if (right == null) {
      throw new InvalidFigureException("right of an option on " + underlying, "is absent; give CALL or PUT");
    }
  }

  @Override
  public String name() {
    return underlying + "-" + InstrumentNames.format(expiry) + "-" + strike.toPlainString() + "-" + InstrumentNames.letter(right);
  }

  @Override
  public BigDecimal payoff(BigDecimal settlementPrice) {
    return payoffAt(Figures.notNegative("settlement price of " + name(), settlementPrice));
  }

  /** How far the option is out of the money at a price of the underlying, zero if it is not. */
  public BigDecimal outOfTheMoney(BigDecimal price) {
    return intrinsic(right, strike, price);
  }

  BigDecimal payoffAt(BigDecimal price) {
    return intrinsic(right, price, strike);
  }

  private static BigDecimal intrinsic(Right right, BigDecimal a, BigDecimal b) {
    return switch (right) {
      case CALL -> a.subtract(b).max(BigDecimal.ZERO);
      case PUT -> b.subtract(a).max(BigDecimal.ZERO);
    };
  }
}
