package io.ringfence.reserves;

import java.math.BigInteger;

/**
 * One account in an epoch's tree. Amounts are unsigned 96-bit numbers of settlement-asset units.
 *
 * @param index the account's index under its venue, 0 to 2^32-1, never reused
 * @param account the segregated account's address
 * @param credit the account's cumulative net result since its pledge where that is a gain, else 0
 * @param debit the same where it is a loss, as a positive number, else 0; credit and debit are never both set
 * @param initialMargin what the account's value, with what it is owed and owes, has to reach for a withdrawal and to stay uncalled
 * @param maintenanceMargin what it has to reach to keep the longer cure window
 * @param positionsHash commitment to the positions behind the figures, see {@link CanonicalPositions}
 * @param salt keeps the leaf's hash from being guessed
 */
public record Leaf(
    long index,
    Address account,
    BigInteger credit,
    BigInteger debit,
    BigInteger initialMargin,
    BigInteger maintenanceMargin,
    Hash positionsHash,
    Salt salt) {

  /** Bytes in the packed form. */
  public static final int PACKED_LENGTH = 120;

  /** Bits in a leaf's amounts. */
  public static final int AMOUNT_BITS = 96;

  /** Throws {@link LeafFormatException} for an index or amount out of range, or for credit and debit both set. */
  public Leaf {
    if (index < 0 || index > Unsigned.MAX_32) {
      throw new LeafFormatException(index, "index", "must be from 0 to 2^32-1");
    }
    requirePresent(index, "account", account);
    requireAmount(index, "credit", credit);
    requireAmount(index, "debit", debit);
    requireAmount(index, "initialMargin", initialMargin);
    requireAmount(index, "maintenanceMargin", maintenanceMargin);
    requirePresent(index, "positionsHash", positionsHash);
    requirePresent(index, "salt", salt);
    if (credit.signum() != 0 && debit.signum() != 0) {
      throw new LeafFormatException(index, "debit", "credit and debit are both set (" + credit + " and " + debit + "), one must be 0");
    }
  }

  /**
   * The leaf of an account whose cumulative net result is {@code net}: a gain becomes its credit, a loss its debit.
   * Throws like the constructor.
   */
  public static Leaf ofNet(
      long index, Address account, BigInteger net, BigInteger initialMargin, BigInteger maintenanceMargin, Hash positionsHash, Salt salt) {
    requirePresent(index, "net", net);
    BigInteger credit = net.max(BigInteger.ZERO);
    BigInteger debit = net.negate().max(BigInteger.ZERO);
    return new Leaf(index, account, credit, debit, initialMargin, maintenanceMargin, positionsHash, salt);
  }

  /** Credit less debit: the cumulative net result since the pledge, signed, in settlement-asset units. */
  public BigInteger net() {
    return credit.subtract(debit);
  }

  /** The 120 bytes that are hashed: the fields in their order, big-endian, nothing between them. */
  public byte[] packed() {
    byte[] packed = new byte[PACKED_LENGTH];
    packInto(packed);
    return packed;
  }

  /** Keccak-256 of the packed form. */
  public Hash hash() {
    return Keccak.of(packed());
  }

  /** The leaf as a node of the tree: its hash, credit and debit. */
  public SumNode node() {
    return new SumNode(hash(), credit, debit);
  }

  void packInto(byte[] target) {
    Unsigned.put32(target, 0, index);
    account.copyTo(target, 4);
    Unsigned.put96(target, 24, credit);
    Unsigned.put96(target, 36, debit);
    Unsigned.put96(target, 48, initialMargin);
    Unsigned.put96(target, 60, maintenanceMargin);
    positionsHash.copyTo(target, 72);
    salt.copyTo(target, 104);
  }

  private static void requirePresent(long index, String field, Object value) {
    if (value == null) {
      throw new LeafFormatException(index, field, "is missing");
    }
  }

  private static void requireAmount(long index, String field, BigInteger amount) {
    requirePresent(index, field, amount);
    if (!Unsigned.fits(amount, AMOUNT_BITS)) {
      throw new LeafFormatException(index, field, Unsigned.outOfRange(amount, AMOUNT_BITS));
    }
  }
}
