package io.ringfence.chain.type;

/** Why an account's settled counter changed; ordinals as in the contracts. */
public enum SettledCause {
  /** Settlement under a root. */
  SETTLEMENT,
  /** The defaulter's own payment. */
  DEFAULTER,
  /** A tier paid for it. */
  TIER,
  /** Written off. */
  SHORTFALL,
  /** Paid by an exit. */
  EXIT,
  /** Paid in kind: collateral passed to the pool. */
  IN_KIND;

  /** The constant a contract encodes as {@code ordinal}. */
  public static SettledCause of(int ordinal) {
    SettledCause[] all = values();
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IllegalArgumentException("no SettledCause numbered " + ordinal);
    }
    return all[ordinal];
  }
}
