package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The prices of one moment, all in settlement asset per unit of the underlying, each with the time it was observed.
 *
 * <p>Spots, forwards and prices of perpetuals and futures are positive; an option's mark may be zero. No price is newer than the snapshot.
 * How old a price may be is the caller's rule: it sees each {@link Quote}'s time.
 */
public final class MarketSnapshot {

  /** A price and when it was observed. */
  public record Quote(BigDecimal price, Instant time) {}

  /** An underlying and an expiry date. */
  private record Tenor(String underlying, LocalDate expiry) {}

  private final Instant asOf;
  private final Map<String, Quote> spots;
  private final Map<Tenor, Quote> forwards;
  private final Map<Instrument, Quote> marks;
  private final Set<Tenor> unsettled;

  private MarketSnapshot(Builder builder) {
    asOf = builder.asOf;
    spots = Map.copyOf(builder.spots);
    forwards = Map.copyOf(builder.forwards);
    marks = Map.copyOf(builder.marks);
    unsettled = Set.copyOf(builder.unsettled);
  }

  /** Starts a snapshot of the given moment. */
  public static Builder at(Instant asOf) {
    return new Builder(Objects.requireNonNull(asOf, "asOf"));
  }

  /** The moment the snapshot describes; instruments that have expired by then cannot be margined, unless they are marked unsettled. */
  public Instant asOf() {
    return asOf;
  }

  /** The spot of an underlying, if quoted. */
  public Optional<Quote> spot(String underlying) {
    return Optional.ofNullable(spots.get(underlying));
  }

  /** The forward of an underlying for an expiry; its spot if no forward was quoted; empty if neither was. */
  public Optional<Quote> forward(String underlying, LocalDate expiry) {
    return Optional.ofNullable(forwards.get(new Tenor(underlying, expiry))).or(() -> spot(underlying));
  }

  /** The price of a perpetual or future, or the mark of an option, if quoted. */
  public Optional<Quote> mark(Instrument instrument) {
    return Optional.ofNullable(marks.get(instrument));
  }

  /**
   * The price that values a position in the instrument.
   *
   * @throws MissingMarkException if it was not quoted
   */
  public BigDecimal requireMark(Instrument instrument) {
    return mark(instrument).orElseThrow(() -> MissingMarkException.of(instrument)).price();
  }

  BigDecimal requireSpot(Instrument instrument) {
    return spot(instrument.underlying()).orElseThrow(() -> MissingMarkException.spot(instrument)).price();
  }

  BigDecimal requireForward(Expiring instrument) {
    return forward(instrument.underlying(), instrument.expiry()).orElseThrow(() -> MissingMarkException.spot(instrument)).price();
  }

  void requireLive(Instrument instrument) {
    if (instrument instanceof Expiring expiring && expiring.isExpired(asOf)
        && !unsettled.contains(new Tenor(expiring.underlying(), expiring.expiry()))) {
      throw new ExpiredInstrumentException(expiring, asOf);
    }
  }

  /** Collects quotes; each thing may be quoted once. Not safe for several threads. */
  public static final class Builder {

    private final Instant asOf;
    private final Map<String, Quote> spots = new HashMap<>();
    private final Map<Tenor, Quote> forwards = new HashMap<>();
    private final Map<Instrument, Quote> marks = new HashMap<>();
    private final Set<Tenor> unsettled = new HashSet<>();

    private Builder(Instant asOf) {
      this.asOf = asOf;
    }

    /** Quotes the spot of an underlying; {@code price} is positive. */
    public Builder spot(String underlying, BigDecimal price, Instant time) {
      InstrumentNames.requireUnderlying(underlying);
      String figure = "spot of " + underlying;
      return put(figure, spots, underlying, Figures.positive(figure, price), time);
    }

    /** Quotes the forward of an underlying for an expiry date; {@code price} is positive. */
    public Builder forward(String underlying, LocalDate expiry, BigDecimal price, Instant time) {
      InstrumentNames.requireUnderlying(underlying);
      InstrumentNames.requireExpiry(underlying, expiry);
      String figure = "forward of " + underlying + " for " + expiry;
      return put(figure, forwards, new Tenor(underlying, expiry), Figures.positive(figure, price), time);
    }

    /** Quotes an instrument: a positive price of a perpetual or future, a mark of zero or more of an option. */
    public Builder mark(Instrument instrument, BigDecimal price, Instant time) {
      String figure = "price of " + instrument.name();
      BigDecimal admitted = switch (instrument) {
        case Linear linear -> Figures.positive(figure, price);
        case EuropeanOption option -> Figures.notNegative(figure, price);
      };
      return put(figure, marks, instrument, admitted, time);
    }

    /**
     * Marks the instrument's expiry as one whose settlement price is not known yet: positions of it count on as they last did, at the
     * newest quotes there are. Whoever says so tells the holders that their figures are stale.
     */
    public Builder unsettled(Expiring instrument) {
      unsettled.add(new Tenor(instrument.underlying(), instrument.expiry()));
      return this;
    }

    /** The snapshot of everything quoted so far. */
    public MarketSnapshot build() {
      return new MarketSnapshot(this);
    }

    private <K> Builder put(String figure, Map<K, Quote> quotes, K key, BigDecimal price, Instant time) {
      if (time == null || time.isAfter(asOf)) {
        throw new InvalidFigureException("time of the " + figure, "is " + time + "; give one not after the snapshot's " + asOf);
      }
      if (quotes.putIfAbsent(key, new Quote(price, time)) != null) {
        throw new InvalidFigureException(figure, "is quoted twice in one snapshot; give the newest only");
      }
      return this;
    }
  }
}
