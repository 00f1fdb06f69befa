package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.LocalDate;

/** A future on an underlying that is settled in cash at its expiry. */
public record DatedFuture(String underlying, LocalDate expiry) implements Linear, Expiring {

  public DatedFuture {
    InstrumentNames.requireUnderlying(underlying);
    InstrumentNames.requireExpiry(underlying, expiry);
  }

  @Override
  public String name() {
    return underlying + "-" + InstrumentNames.format(expiry);
  }

  @Override
  public BigDecimal payoff(BigDecimal settlementPrice) {
    return Figures.notNegative("settlement price of " + name(), settlementPrice);
  }
}
