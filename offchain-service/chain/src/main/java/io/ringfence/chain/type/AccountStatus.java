package io.ringfence.chain.type;

/** Where an account stands under its venue; ordinals as in the contracts. */
public enum AccountStatus {
  /** Simply the owner's. */
  UNPLEDGED,
  /** Pledged, in good standing. */
  ACTIVE,
  /** Margin called, can be cured. */
  CALLED,
  /** In default, being closed out. */
  CLOSING_OUT,
  /** In default, its loss fixed. */
  LOSS_FIXED,
  /** Leaving its venue. */
  EXITING;

  /** The constant a contract encodes as {@code ordinal}. */
  public static AccountStatus of(int ordinal) {
    AccountStatus[] all = values();
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IllegalArgumentException("no AccountStatus numbered " + ordinal);
    }
    return all[ordinal];
  }
}
