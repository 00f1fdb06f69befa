package io.ringfence.chain.type;

/** Why a default took something out of the defaulter's account; ordinals as in the contracts. */
public enum SeizeCause {
  /** An auction sale. */
  SALE,
  /** The declarer's reward. */
  REWARD,
  /** The penalty. */
  PENALTY;

  /** The constant a contract encodes as {@code ordinal}. */
  public static SeizeCause of(int ordinal) {
    SeizeCause[] all = values();
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IllegalArgumentException("no SeizeCause numbered " + ordinal);
    }
    return all[ordinal];
  }
}
