package io.ringfence.service.margin;

import io.ringfence.margin.Book;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.Position;
import io.ringfence.service.feed.FeedGaps;
import io.ringfence.service.margin.MarketQuotes.Quote;
import io.ringfence.service.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells when a margin rests on something old. Such a margin is shown as stale. Its account can be called, since a call takes nothing, but
 * this service neither declares its default nor lets anything go to it.
 */
public final class Staleness {

  private final MarginModel model;
  private final Duration maxAge;

  /** By the quotes that {@code model} needs, none older than {@code maxAge}. */
  Staleness(MarginModel model, Duration maxAge) {
    this.model = model;
    this.maxAge = maxAge;
  }

  /** Why the margin of a book at these quotes is stale; empty if it is not. */
  public List<StaleQuote> of(Book book, MarketQuotes quotes) {
    return of(book.positions().stream().map(Position::instrument).toList(), quotes);
  }

  /** Why any margin of a venue is stale now: streams of positions that miss updates. */
  public static List<StaleQuote> gaps(Sql sql, int venue) {
    return FeedGaps.open(sql, venue).stream().map(gap -> new StaleQuote(gap.stream(), "positions", null)).distinct().toList();
  }

  /** The same as for a book, of one that holds these instruments. */
  public List<StaleQuote> of(Collection<Instrument> instruments, MarketQuotes quotes) {
    Map<QuoteNeed, Quote> quoted = new HashMap<>();
    for (Quote quote : quotes.quotes()) {
      quoted.put(new QuoteNeed(quote.kind(), quote.instrument(), true), quote);
    }
    Set<StaleQuote> stale = new LinkedHashSet<>();
    for (Instrument instrument : instruments) {
      if (instrument instanceof Expiring expiring && expiring.isExpired(quotes.asOf())) {
        stale.add(new StaleQuote(instrument.name(), "settlement", null));
      }
      for (QuoteNeed need : model.needs(instrument)) {
        Quote quote = quoted.get(new QuoteNeed(need.kind(), need.instrument(), true));
        if (quote == null ? need.required() : isOld(quote.time(), quotes.asOf())) {
          stale.add(new StaleQuote(need.instrument(), need.kind().word(), quote == null ? null : quote.time()));
        }
      }
    }
    return new ArrayList<>(stale);
  }

  private boolean isOld(Instant time, Instant asOf) {
    return Duration.between(time, asOf).compareTo(maxAge) > 0;
  }
}
