package io.ringfence.reserves;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Leaves that the contracts' tests make as well, from the same hashes: a tree is named by its number of accounts and needs no file. */
final class DicedTrees {
  private static final int WORD = 32;
  private static final BigInteger ACCOUNTS = BigInteger.ONE.shiftLeft(160);
  private static final BigInteger AMOUNTS = BigInteger.ONE.shiftLeft(Leaf.AMOUNT_BITS);

  private DicedTrees() {}

  /** Slots of a tree: about one in four released, the others with a credit or a debit. */
  static List<Leaf> slots(int accounts) {
    List<Leaf> slots = new ArrayList<>();
    for (int index = 0; index < accounts; index++) {
      slots.add(isReleased(accounts, index) ? null : leaf(accounts, index));
    }
    return slots;
  }

  /** The leaf at an index, every field out of one hash of seed and index. */
  static Leaf leaf(long seed, long index) {
    Hash hash = Keccak.of(word(seed), word(index));
    BigInteger dice = new BigInteger(1, hash.toBytes());
    boolean owes = dice.testBit(255);
    BigInteger credit = owes ? BigInteger.ZERO : dice.shiftRight(20).mod(AMOUNTS);
    BigInteger debit = owes ? dice.shiftRight(30).mod(AMOUNTS).setBit(0) : BigInteger.ZERO;
    BigInteger initialMargin = dice.shiftRight(40).mod(AMOUNTS);
    BigInteger maintenanceMargin = dice.shiftRight(50).mod(AMOUNTS);
    Address account = Address.of(bytes(dice.setBit(0).mod(ACCOUNTS), 20));
    byte[] salt = bytes(dice.shiftRight(60).mod(BigInteger.ONE.shiftLeft(128)), 16);
    return new Leaf(index, account, credit, debit, initialMargin, maintenanceMargin, hash, Salt.of(salt));
  }

  private static boolean isReleased(long seed, long index) {
    byte[] text = Arrays.copyOf("released".getBytes(StandardCharsets.US_ASCII), WORD);
    byte[] hash = Keccak.of(word(seed), word(index), word(3 * WORD), word(8), text).toBytes();
    return (hash[WORD - 1] & 3) == 0;
  }

  private static byte[] word(long number) {
    return bytes(BigInteger.valueOf(number), WORD);
  }

  private static byte[] bytes(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[length - 1 - i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
