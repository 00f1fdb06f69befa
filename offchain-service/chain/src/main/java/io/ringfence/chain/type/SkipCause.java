package io.ringfence.chain.type;

/** Why settlement left an account as it is; the due stands. Ordinals as in the contracts. */
public enum SkipCause {
  /** The leaf is of a pledge that has ended. */
  NOT_ITS_PLEDGE,
  /** In default or leaving: the close-out or the exit settles it. */
  IN_DEFAULT,
  /** A later root has settled it already. */
  LATER_ROOT,
  /** The dispute window that its owner signed has not passed. */
  TOO_EARLY,
  /** A credit of a root from before a shortfall. */
  OLDER_THAN_SHORTFALL,
  /** The account, its daily cap or the pool has nothing. */
  NOTHING_THERE,
  /** The token refused the transfer. */
  TOKEN_REFUSED,
  /** A root from after the account's release had run its time: N does not change any more. */
  AFTER_FREEZE;

  /** The constant a contract encodes as {@code ordinal}. */
  public static SkipCause of(int ordinal) {
    SkipCause[] all = values();
    if (ordinal < 0 || ordinal >= all.length) {
      throw new IllegalArgumentException("no SkipCause numbered " + ordinal);
    }
    return all[ordinal];
  }
}
