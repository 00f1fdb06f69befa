package io.ringfence.reserves;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random leaves from a seed: a failing case is found again by its seed. */
final class RandomTrees {
  private RandomTrees() {}

  /** Slots of a tree: about one in five released, the others with a credit, a debit or neither, of every magnitude. */
  static List<Leaf> slots(Random random, int accounts) {
    List<Leaf> slots = new ArrayList<>();
    for (int index = 0; index < accounts; index++) {
      slots.add(random.nextInt(5) == 0 ? null : leaf(random, index));
    }
    return slots;
  }

  static Leaf leaf(Random random, long index) {
    BigInteger net =
        switch (random.nextInt(3)) {
          case 0 -> BigInteger.ZERO;
          case 1 -> amount(random);
          default -> amount(random).negate();
        };
    Address account = Address.of(bytes(random, 20));
    return Leaf.ofNet(index, account, net, amount(random), amount(random), Hash.of(bytes(random, 32)), Salt.of(bytes(random, 16)));
  }

  static BigInteger amount(Random random) {
    return new BigInteger(random.nextInt(Leaf.AMOUNT_BITS + 1), random);
  }

  static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** The tree by the plainest reading of the rules: all 2^depth leaves, then pairs. */
  static SumNode referenceRoot(List<Leaf> slots) {
    if (slots.isEmpty()) {
      return SumNode.EMPTY;
    }
    int width = 1;
    while (width < slots.size()) {
      width *= 2;
    }
    List<SumNode> nodes = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Leaf leaf = i < slots.size() ? slots.get(i) : null;
      nodes.add(leaf == null ? SumNode.EMPTY : leaf.node());
    }
    while (nodes.size() > 1) {
      List<SumNode> above = new ArrayList<>();
      for (int i = 0; i < nodes.size(); i += 2) {
        above.add(parent(nodes.get(i), nodes.get(i + 1)));
      }
      nodes = above;
    }
    return nodes.getFirst();
  }

  /** A parent whose sums wrap at 2^128 and which takes any child, as a careless or hostile builder would make it. */
  static SumNode parent(SumNode left, SumNode right) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(128);
    Hash hash =
        Keccak.of(
            left.hash().toBytes(), big(left.credit()), big(left.debit()), right.hash().toBytes(), big(right.credit()), big(right.debit()));
    return new SumNode(hash, left.credit().add(right.credit()).mod(modulus), left.debit().add(right.debit()).mod(modulus));
  }

  private static byte[] big(BigInteger sum) {
    byte[] bytes = new byte[16];
    for (int i = 0; i < 16; i++) {
      bytes[15 - i] = sum.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
