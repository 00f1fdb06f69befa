package io.ringfence.service.margin;

import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.Instrument;

/** What quotes that bear on an instrument are named by. */
final class QuoteNames {

  private QuoteNames() {}

  static QuoteNeed spot(Instrument instrument) {
    return new QuoteNeed(MarketQuotes.Kind.SPOT, instrument.underlying(), true);
  }

  /** The forward of the instrument's expiry; the spot stands in for one that is not quoted. */
  static QuoteNeed forward(Expiring instrument) {
    return new QuoteNeed(MarketQuotes.Kind.FORWARD, tenor(instrument), false);
  }

  /** The rate to the instrument's expiry; zero stands in for one that is not quoted. */
  static QuoteNeed rate(Expiring instrument) {
    return new QuoteNeed(MarketQuotes.Kind.RATE, tenor(instrument), false);
  }

  static String tenor(Expiring instrument) {
    return new DatedFuture(instrument.underlying(), instrument.expiry()).name();
  }
}
