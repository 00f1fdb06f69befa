package io.ringfence.margin.portfolio;

/**
 * A holding of the perpetual.
 *
 * @param quantity units of the underlying, negative if short
 * @param unrealised profit since the last settlement, settlement asset
 * @param funding funding not yet paid, settlement asset, negative if owed
 */
public record PerpetualPosition(double quantity, double unrealised, double funding) {

  /** No perpetual. */
  public static final PerpetualPosition NONE = new PerpetualPosition(0.0, 0.0, 0.0);

  /** Refuses figures out of range. */
  public PerpetualPosition {
    quantity = Admission.any("quantity of the perpetual", quantity);
    unrealised = Admission.any("unrealised profit of the perpetual", unrealised);
    funding = Admission.any("funding of the perpetual", funding);
  }
}
