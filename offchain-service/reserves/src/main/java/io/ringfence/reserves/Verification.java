package io.ringfence.reserves;

/** What checking a proof came to. */
public sealed interface Verification {

  /** Whether the proof holds. */
  default boolean isVerified() {
    return this instanceof Verified;
  }

  /** Every check passed: the leaf is in the tree, and its sums are part of the totals. */
  record Verified() implements Verification {}

  /**
   * A check failed; later ones were not made.
   *
   * @param check the first check that failed
   * @param detail where and with which values, for a person to read
   */
  record Rejected(Check check, String detail) implements Verification {}

  /**
   * The checks of {@link Proof#verify}, {@link Proof#verifyBoundary} and {@link RangeProof#verify}, in the order in which they are made.
   */
  enum Check {
    /** The index is not below the number of accounts. */
    INDEX_OUT_OF_RANGE,
    /** A boundary proof at an index other than the number of accounts, or of a tree that has no room to the right. */
    NOT_THE_BOUNDARY,
    /** A leaf of a range has no account; a released index has no leaf at all. */
    LEAF_WITHOUT_ACCOUNT,
    /** A leaf of a range stands where another index belongs. */
    INDEX_NOT_IN_PLACE,
    /** The leaf's credit or debit needs more than 96 bits. */
    LEAF_OUT_OF_RANGE,
    /** The leaf has both a credit and a debit. */
    LEAF_BOTH_SIDES,
    /** The number of siblings is not what the tree's depth, or the range in it, needs. */
    WRONG_DEPTH,
    /** A hash of zero, which stands for an empty leaf, comes with sums other than zero. */
    PHANTOM_SUM,
    /** A boundary proof's leaf or right sibling is not the canonical empty subtree. */
    NOT_EMPTY,
    /** A sum on the path needs more than 128 bits. */
    SUM_OVERFLOW,
    /** The path's hash is not the root's. */
    ROOT_MISMATCH,
    /** The path's credit sum is not the total. */
    TOTAL_CREDIT_MISMATCH,
    /** The path's debit sum is not the total. */
    TOTAL_DEBIT_MISMATCH
  }
}
