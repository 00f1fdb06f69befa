package io.ringfence.chain.type;

/** What was found out about a dispute; ordinals as in the contracts. */
public enum DisputeOutcome {
  /** The owner took it back. */
  OWNER_ACCEPTED,
  /** The higher quorum confirmed the sum. */
  CONFIRMED,
  /** Nobody confirmed it in time. */
  LAPSED;

  /** The constant a contract encodes as {@code ordinal}. */
  public static DisputeOutcome of(int ordinal) {
    DisputeOutcome[] all = values();
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IllegalArgumentException("no DisputeOutcome numbered " + ordinal);
    }
    return all[ordinal];
  }
}
