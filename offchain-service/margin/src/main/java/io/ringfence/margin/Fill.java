package io.ringfence.margin;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * One side of a trade.
 *
 * @param quantity units of the underlying, positive if bought, negative if sold, never zero
 * @param price settlement asset per unit, zero or more; an option's premium
 * @param fee settlement asset paid by this side, negative for a rebate; whoever earns it must be credited by {@link Book#credit}
 */
public record Fill(Instrument instrument, BigDecimal quantity, BigDecimal price, BigDecimal fee) {

  public Fill {
    Objects.requireNonNull(instrument, "instrument");
    quantity = Figures.notZero("quantity of a fill in " + instrument.name(), quantity);
    price = Figures.notNegative("price of a fill in " + instrument.name(), price);
    fee = Figures.any("fee of a fill in " + instrument.name(), fee);
  }

  /** The other side of the same trade, with a fee of its own. */
  public Fill counterFill(BigDecimal otherFee) {
    return new Fill(instrument, quantity.negate(), price, otherFee);
  }
}
