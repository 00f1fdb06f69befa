package io.ringfence.service.margin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/**
 * Why a margin is stale.
 *
 * @param instrument an instrument or underlying, or for a feed the stream's name
 * @param what the kind of quote; {@code settlement} of an expiry that has no settlement price; {@code positions} of a feed with a gap
 * @param time when it was last quoted; null: never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StaleQuote(String instrument, String what, Instant time) {

  @Override
  public String toString() {
    return what + " of " + instrument + (time == null ? " is missing" : " is of " + time);
  }
}
