package io.ringfence.margin;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * A holding of an instrument.
 *
 * @param quantity units of the underlying, negative if short; zero is allowed and counts for nothing
 */
public record Position(Instrument instrument, BigDecimal quantity) {

  public Position {
    Objects.requireNonNull(instrument, "instrument");
    quantity = Figures.any("quantity of " + instrument.name(), quantity);
  }
}
