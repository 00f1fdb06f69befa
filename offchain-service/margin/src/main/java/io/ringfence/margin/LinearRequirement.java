package io.ringfence.margin;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The requirement of one perpetual or future.
 *
 * @param instrument the perpetual or future
 * @param quantity units of the underlying, negative if short
 * @param price the snapshot's price
 * @param notional |quantity| x price, settlement asset
 * @param slices the parts of the notional, lowest tier first; they add up to it
 * @param initialUnbuffered initial requirement before the buffer
 * @param initial initial requirement
 * @param maintenance maintenance requirement
 */
public record LinearRequirement(
    Linear instrument,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal notional,
    List<Slice> slices,
    BigDecimal initialUnbuffered,
    BigDecimal initial,
    BigDecimal maintenance) {

  /**
   * The part of a notional that lies in one tier.
   *
   * @param amount settlement asset, positive
   */
  public record Slice(BigDecimal amount, StandardMarginParameters.LinearTier tier) {}

  static LinearRequirement of(Linear instrument, BigDecimal quantity, BigDecimal price, StandardMarginParameters parameters) {
    BigDecimal notional = quantity.abs().multiply(price);
    List<Slice> slices = slices(notional, parameters.tiersOf(instrument.underlying()));
    BigDecimal initial = BigDecimal.ZERO;
    BigDecimal maintenance = BigDecimal.ZERO;
    for (Slice slice : slices) {
      initial = initial.add(slice.amount().multiply(slice.tier().initial()));
      maintenance = maintenance.add(slice.amount().multiply(slice.tier().maintenance()));
    }
    BigDecimal buffered = initial.multiply(parameters.buffer().factor());
    return new LinearRequirement(instrument, quantity, price, notional, slices, initial, buffered, maintenance);
  }

  private static List<Slice> slices(BigDecimal notional, List<StandardMarginParameters.LinearTier> tiers) {
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < tiers.size() && notional.compareTo(tiers.get(i).from()) > 0; i++) {
      BigDecimal top = i + 1 < tiers.size() ? notional.min(tiers.get(i + 1).from()) : notional;
      slices.add(new Slice(top.subtract(tiers.get(i).from()), tiers.get(i)));
    }
    return List.copyOf(slices);
  }
}
