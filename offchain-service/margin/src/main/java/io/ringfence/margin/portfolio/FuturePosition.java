package io.ringfence.margin.portfolio;

import java.util.Comparator;

/**
 * A holding of a dated future. Its variation is settled in cash as it arises, so it is worth what has not been settled yet, and moves
 * undiscounted with its expiry's forward.
 *
 * @param secondsToExpiry which expiry, as the market names it
 * @param quantity units of the underlying, negative if short
 * @param unrealised profit since the last settlement, settlement asset
 */
public record FuturePosition(long secondsToExpiry, double quantity, double unrealised) {

  /** The order in which lots are added up: expiry, quantity; then profit, so that equal books add equally. */
  static final Comparator<FuturePosition> ORDER =
      Comparator.comparingLong(FuturePosition::secondsToExpiry)
          .thenComparingDouble(FuturePosition::quantity)
          .thenComparingDouble(FuturePosition::unrealised);

  /** Refuses figures out of range. */
  public FuturePosition {
    String name = "the future in " + secondsToExpiry + " s";
    quantity = Admission.any("quantity of " + name, quantity);
    unrealised = Admission.any("unrealised profit of " + name, unrealised);
  }

  /** Whether there is nothing left of it, neither units nor profit. */
  boolean isNothing() {
    return quantity == 0.0 && unrealised == 0.0;
  }
}
