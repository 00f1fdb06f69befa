package io.ringfence.service.margin;

import io.ringfence.margin.Book;
import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.Position;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Keccak;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The newest quotes of a venue at one moment, in a form that can be hashed: a root commits to it.
 *
 * @param asOf the moment they describe; no quote is newer
 * @param quotes ordered by kind and instrument, each pair once
 */
public record MarketQuotes(Instant asOf, List<Quote> quotes) {

  /** What a quote is a price of. */
  public enum Kind {
    FORWARD,
    MARK,
    /** Interest to an expiry, continuously compounded, per year of 365 days; may be below zero. */
    RATE,
    SPOT,
    /** Mark volatility of an option, a year's standard deviation: 0.5 is 50%. */
    VOLATILITY;

    /** Its name in requests, in the database and in the canonical form. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name; throws {@link IllegalArgumentException} on another. */
    public static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * One price.
   *
   * @param instrument an underlying for a spot, a dated future's name for a forward or a rate, an instrument's name for a mark or a
   *     volatility
   * @param price settlement asset per unit of the underlying; of a rate or a volatility, a fraction
   * @param confidence how far it can be relied on, 0 to 1
   */
  public record Quote(Kind kind, String instrument, BigDecimal price, BigDecimal confidence, Instant time) {

    /** A quote that can be relied on. */
    public Quote(Kind kind, String instrument, BigDecimal price, Instant time) {
      this(kind, instrument, price, BigDecimal.ONE, time);
    }
  }

  /** Sorts the quotes; a quote newer than {@code asOf} (clocks differ by seconds) moves it forward. */
  public MarketQuotes {
    for (Quote quote : quotes) {
      asOf = quote.time().isAfter(asOf) ? quote.time() : asOf;
    }
    quotes = quotes.stream().sorted(Comparator.comparing(Quote::kind).thenComparing(Quote::instrument)).toList();
  }

  /** The quotes as the margin library takes them: a position that has expired cannot be valued. */
  public MarketSnapshot snapshot() {
    return snapshot(List.of());
  }

  /** The same, with the positions of these books that have expired counted as they last were: what is settled is no position any more. */
  public MarketSnapshot snapshot(Collection<Book> books) {
    MarketSnapshot.Builder snapshot = MarketSnapshot.at(asOf);
    for (Book book : books) {
      for (Position position : book.positions()) {
        if (position.instrument() instanceof Expiring expiring && expiring.isExpired(asOf)) {
          snapshot.unsettled(expiring);
        }
      }
    }
    for (Quote quote : quotes) {
      switch (quote.kind()) {
        case SPOT -> snapshot.spot(quote.instrument(), quote.price(), quote.time());
        case MARK -> snapshot.mark(Instrument.parse(quote.instrument()), quote.price(), quote.time());
        case FORWARD -> {
          DatedFuture tenor = tenor(quote);
          snapshot.forward(tenor.underlying(), tenor.expiry(), quote.price(), quote.time());
        }
        case RATE, VOLATILITY -> { /* The standard model, whose snapshot this is, takes none. */ }
      }
    }
    return snapshot.build();
  }

  /**
   * The canonical JSON that {@link #hash} commits to: UTF-8, no white space, quotes in their order, prices as plain decimals without
   * trailing zeros, times as seconds since 1970, every number as text; a confidence only where it is not 1.
   */
  public String canonicalJson() {
    StringBuilder json = new StringBuilder("{\"asOf\":\"").append(asOf.getEpochSecond()).append("\",\"quotes\":[");
    String separator = "";
    for (Quote quote : quotes) {
      json.append(separator).append('{');
      if (quote.confidence().compareTo(BigDecimal.ONE) != 0) {
        json.append("\"confidence\":\"").append(plain(quote.confidence())).append("\",");
      }
      json.append("\"instrument\":\"").append(quote.instrument())
          .append("\",\"kind\":\"").append(quote.kind().word())
          .append("\",\"price\":\"").append(plain(quote.price()))
          .append("\",\"time\":\"").append(quote.time().getEpochSecond()).append("\"}");
      separator = ",";
    }
    return json.append("]}").toString();
  }

  /** Keccak-256 of the canonical JSON: the market part of a root's {@code pricesHash}. */
  public Hash hash() {
    return Keccak.of(canonicalJson().getBytes(StandardCharsets.UTF_8));
  }

  /** The underlying and expiry that a forward or a rate is of. */
  static DatedFuture tenor(Quote quote) {
    if (Instrument.parse(quote.instrument()) instanceof DatedFuture tenor) {
      return tenor;
    }
    throw new IllegalArgumentException(
        "a " + quote.kind().word() + " is quoted by a dated future's name such as BTC-20251031, not " + quote.instrument());
  }

  private static String plain(BigDecimal price) {
    return price.signum() == 0 ? "0" : price.stripTrailingZeros().toPlainString();
  }
}
