package io.ringfence.service.expiry;

import java.time.Instant;

/** Positions have expired and nobody has given the price that settles them. */
public class ExpiryAwaitedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExpiryAwaitedException(int venue, String underlying, Instant expiry, long holders) {
    super("%s of %s has no settlement price: the margin of %d accounts with open positions is stale, they stand as they last did; give the"
        .formatted(underlying, expiry, holders) + " price by POST /v1/venues/" + venue + "/expiries");
  }
}
