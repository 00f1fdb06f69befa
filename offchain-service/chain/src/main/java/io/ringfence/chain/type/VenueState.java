package io.ringfence.chain.type;

/** Where a venue stands; ordinals as in the contracts. */
public enum VenueState {
  /** It posts roots. */
  LIVE,
  /** It has posted none for too long. */
  SUSPENDED,
  /** It is over. */
  FAILED;

  /** The constant a contract encodes as {@code ordinal}. */
  public static VenueState of(int ordinal) {
    VenueState[] all = values();
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IllegalArgumentException("no VenueState numbered " + ordinal);
    }
    return all[ordinal];
  }
}
