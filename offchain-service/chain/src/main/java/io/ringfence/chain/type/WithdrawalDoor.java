package io.ringfence.chain.type;

/** Which door a withdrawal left by; ordinals as in the contracts. */
public enum WithdrawalDoor {
  /** Unpledged, or a token the venue does not accept. */
  FREE,
  /** With the venue's consent. */
  CONSENT,
  /** Proven under a root. */
  REQUEST;

  /** The constant a contract encodes as {@code ordinal}. */
  public static WithdrawalDoor of(int ordinal) {
    WithdrawalDoor[] all = values();
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IllegalArgumentException("no WithdrawalDoor numbered " + ordinal);
    }
    return all[ordinal];
  }
}
