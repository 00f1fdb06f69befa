package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.Admission;

/**
 * The price of an asset that is held as collateral.
 *
 * @param price in the currency of the spot, zero or more
 * @param confidence of the price, 0 to 1
 */
public record AssetQuote(double price, double confidence) {

  /** Refuses figures out of range. */
  public AssetQuote {
    price = Admission.notNegative("price of collateral", price);
    confidence = Admission.notNegative("confidence of collateral", confidence);
    if (confidence > 1.0) {
      throw new InvalidFigureException("confidence of collateral", "is " + confidence + ", above 1");
    }
  }
}
