package io.ringfence.reserves;

import java.math.BigInteger;

/**
 * A node of the tree, a root included: its hash and the sums of the credits and debits of the leaves below it.
 *
 * <p>Whether a hash of zero goes with sums of zero is a matter for {@link Proof#verify}, which names it; only the ranges are
 * checked here.
 *
 * @param hash of the leaf or of the two children; zero for an empty leaf
 * @param credit sum of credits, 0 to 2^128-1, settlement-asset units
 * @param debit sum of debits, 0 to 2^128-1, settlement-asset units
 */
public record SumNode(Hash hash, BigInteger credit, BigInteger debit) {
  /** Bits in a node's sums. */
  public static final int SUM_BITS = 128;

  /** An empty leaf: hash and sums are zero. Also the root of a tree without accounts. */
  public static final SumNode EMPTY = new SumNode(Hash.ZERO, BigInteger.ZERO, BigInteger.ZERO);

  static final int PACKED_LENGTH = 64;

  /** Throws {@link WireFormatException} if a field is missing, or a sum is negative or needs more than 128 bits. */
  public SumNode {
    Required.present(hash, "hash");
    Unsigned.require(credit, SUM_BITS, "credit");
    Unsigned.require(debit, SUM_BITS, "debit");
  }

  /** Writes hash, credit and debit: half of what the parent's hash is taken of. */
  void packInto(byte[] target, int offset) {
    hash.copyTo(target, offset);
    Unsigned.put128(target, offset + 32, credit);
    Unsigned.put128(target, offset + 48, debit);
  }
}
