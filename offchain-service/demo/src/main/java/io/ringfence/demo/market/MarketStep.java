package io.ringfence.demo.market;

import java.time.Instant;
import java.util.List;

/**
 * What the market showed at one step.
 *
 * @param number from 0
 * @param time the step's time; no quote is newer
 * @param spots newest price of each underlying; one that has not traded since the step before keeps its old time
 * @param options marks of the options
 */
public record MarketStep(int number, Instant time, List<Quote> spots, List<Quote> options) {

  public MarketStep {
    spots = List.copyOf(spots);
    options = List.copyOf(options);
  }

  /** The price of {@code underlying}. */
  public Quote spot(String underlying) {
    return find(spots, underlying);
  }

  /** The mark of {@code instrument}: a perpetual's is its underlying's price. */
  public Quote mark(String instrument) {
    if (instrument.endsWith(MarketTape.PERPETUAL)) {
      Quote spot = spot(instrument.substring(0, instrument.length() - MarketTape.PERPETUAL.length()));
      return new Quote(instrument, spot.price(), spot.time());
    }
    return find(options, instrument);
  }

  private Quote find(List<Quote> quotes, String name) {
    return quotes.stream()
        .filter(quote -> quote.instrument().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the tape has no price of " + name + " at " + time));
  }
}
