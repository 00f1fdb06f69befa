package io.ringfence.service.feed;

import io.ringfence.margin.Instrument;
import io.ringfence.margin.InstrumentNameException;
import io.ringfence.service.config.RingfenceConfig;
import jakarta.enterprise.context.ApplicationScoped;
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

  /** The underlying of that name. */
  String underlying(String name) throws BadRowException {
    if (!underlyings.contains(name)) {
      String given = name.length() <= 20 ? name : name.substring(0, 20) + "...";
      throw new BadRowException("instrument", "unknown underlying \"" + given + "\": listed are " + String.join(", ", underlyings));
    }
    return name;
  }
}
