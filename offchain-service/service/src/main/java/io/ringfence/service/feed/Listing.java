package io.ringfence.service.feed;

import io.ringfence.margin.Expiring;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.InstrumentNameException;
import io.ringfence.margin.Linear;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.store.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** What the venue lists: every instrument with a canonical name on one of its underlyings. */
@ApplicationScoped
public class Listing {
  private final List<String> underlyings;

  /** The configured underlyings. */
  public Listing(RingfenceConfig config) {
    this.underlyings = List.copyOf(config.underlyings());
  }

  /** The instrument of that name. */
  Instrument instrument(String name) throws BadRowException {
    Instrument instrument;
    try {
      instrument = Instrument.parse(name);
    } catch (InstrumentNameException e) {
      throw new BadRowException("instrument", e.getMessage());
    }
    underlying(instrument.underlying());
    return instrument;
  }

  /** Whether it is an underlying that the venue lists. */
  boolean has(String underlying) {
    return underlyings.contains(underlying);
  }

  /** Keeps instruments that are new to the venue; in the order of names, so that two batches never wait for each other in a circle. */
  static void list(Sql sql, long venue, List<String> names) {
    List<Instrument> instruments = names.stream().distinct().sorted().map(Instrument::parse).toList();
    sql.update("""
        INSERT INTO instrument (venue, name, underlying, expires_at)
        SELECT $1, name, underlying, expires_at FROM unnest($2::text[], $3::text[], $4::timestamptz[]) AS i (name, underlying, expires_at)
        ORDER BY name ON CONFLICT DO NOTHING
        """,
        venue,
        instruments.stream().map(Instrument::name).toArray(String[]::new),
        instruments.stream().map(Instrument::underlying).toArray(String[]::new),
        instruments.stream().map(Listing::expiry).toArray(OffsetDateTime[]::new));
  }

  private static OffsetDateTime expiry(Instrument instrument) {
    return switch (instrument) {
      case Expiring expiring -> expiring.expiresAt().atOffset(ZoneOffset.UTC);
      case Linear _ -> null;
    };
  }

  /** The underlying of that name. */
  String underlying(String name) throws BadRowException {
    if (!underlyings.contains(name)) {
      String given = name.length() <= 20 ? name : name.substring(0, 20) + "...";
      throw new BadRowException("instrument", "unknown underlying \"" + given + "\": listed are " + String.join(", ", underlyings));
    }
    return name;
  }
}
