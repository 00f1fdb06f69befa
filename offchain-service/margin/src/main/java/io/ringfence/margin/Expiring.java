package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/** An instrument that is settled in cash at 08:00 UTC of its expiry date. */
public sealed interface Expiring extends Instrument permits EuropeanOption, DatedFuture {

  /** The time of day of every expiry, UTC. */
  LocalTime EXPIRY_TIME = LocalTime.of(8, 0);

  /** The expiry date, UTC. */
  LocalDate expiry();

  /** What one unit pays, in settlement asset, when the underlying settles at {@code settlementPrice}. */
  BigDecimal payoff(BigDecimal settlementPrice);

  /** The moment of expiry. */
  default Instant expiresAt() {
    return expiry().atTime(EXPIRY_TIME).toInstant(ZoneOffset.UTC);
  }

  /** Whether it has expired at {@code time}; at the moment of expiry it has. */
  default boolean isExpired(Instant time) {
    return !time.isBefore(expiresAt());
  }
}
