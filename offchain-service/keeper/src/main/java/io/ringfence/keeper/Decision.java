package io.ringfence.keeper;

import java.math.BigInteger;

/** What to do about an offer. */
sealed interface Decision {

  /**
   * Buy.
   *
   * @param amount smallest units of the lot's token
   * @param maxPrice the price seen; it can only fall before the take lands
   * @param expectedProfit after gas, settlement units
   */
  record Take(BigInteger amount, BigInteger maxPrice, BigInteger expectedProfit) implements Decision {}

  /** Leave it. @param reason for the log */
  record Pass(String reason) implements Decision {}
}
