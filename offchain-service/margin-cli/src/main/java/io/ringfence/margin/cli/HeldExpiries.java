package io.ringfence.margin.cli;

import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.FuturePosition;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Which field holds each expiry first, so that one that is held but not quoted is refused by it. */
final class HeldExpiries {

  private final Map<Long, String> fields = new HashMap<>();

  void hold(long secondsToExpiry, String field) {
    fields.putIfAbsent(secondsToExpiry, field);
  }

  /** Refuses an expiry of which something is left once lots are added up, and which the market does not quote. */
  void requireQuoted(Portfolio portfolio, PortfolioMarket market, String list) {
    Set<Long> quoted = market.expiries().stream().map(ExpiryMarket::secondsToExpiry).collect(Collectors.toSet());
    LongStream.concat(
            portfolio.futures().stream().filter(future -> future.quantity() != 0.0).mapToLong(FuturePosition::secondsToExpiry),
            portfolio.options().stream().mapToLong(OptionPosition::secondsToExpiry))
        .filter(seconds -> !quoted.contains(seconds))
        .findFirst()
        .ifPresent(seconds -> {
          throw new InputException(fields.get(seconds) + ":",
              "expiry in " + seconds + " s is held but not quoted; add it to " + list + ", with its forward, rate and confidences");
        });
  }
}
