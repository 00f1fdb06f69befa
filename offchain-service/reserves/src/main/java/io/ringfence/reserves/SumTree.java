package io.ringfence.reserves;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The Merkle-sum tree of an epoch: every node carries a hash and the credit and debit sums below it.
 *
 * <p>Each level is one byte array of 64-byte nodes (hash, credit, debit), so that two neighbours are already the 128 bytes that
 * their parent hashes. A level stores only what lies over the accounts, rounded up to an even number by one empty subtree;
 * everything further right is an empty subtree too. Immutable, safe to share between threads.
 */
public final class SumTree {
  /** The most accounts that a tree in memory holds (the wire format allows 2^32). */
  public static final int MAX_ACCOUNTS = 1 << 24;

  private static final int NODE = SumNode.PACKED_LENGTH;
  private static final int CREDIT = 32;
  private static final int DEBIT = 48;
  private static final SumNode[] EMPTY_SUBTREES = emptySubtrees();

  private final int accounts;
  private final byte[][] levels;

  private SumTree(int accounts, byte[][] levels) {
    this.accounts = accounts;
    this.levels = levels;
  }

  /**
   * Builds the tree over indices 0 to {@code accounts - 1}. Leaves come in any order; an index without one is empty (released).
   *
   * @throws WireFormatException if {@code accounts} is negative or above {@link #MAX_ACCOUNTS}
   * @throws LeafFormatException if two leaves have one index, or an index is not below {@code accounts}
   */
  public static SumTree of(int accounts, Collection<Leaf> leaves) {
    if (accounts < 0 || accounts > MAX_ACCOUNTS) {
      throw new WireFormatException("accounts", "is " + accounts + ", must be from 0 to " + MAX_ACCOUNTS);
    }
    byte[][] levels = new byte[depth(accounts) + 1][];
    Keccak keccak = new Keccak();
    levels[0] = leafLevel(accounts, leaves, keccak);
    for (int level = 1; level < levels.length; level++) {
      levels[level] = levelAbove(levels[level - 1], level, level == levels.length - 1, keccak);
    }
    return new SumTree(accounts, levels);
  }

  /**
   * Builds the tree from one slot per index; a null slot is an index without a leaf (released).
   *
   * @throws LeafFormatException if a leaf's index is not its place in the list
   */
  public static SumTree ofSlots(List<Leaf> slots) {
    List<Leaf> leaves = new ArrayList<>(slots.size());
    int index = 0;
    for (Leaf leaf : slots) {
      if (leaf != null) {
        if (leaf.index() != index) {
          throw new LeafFormatException(leaf.index(), "index", "stands in slot " + index + ", must stand in its own");
        }
        leaves.add(leaf);
      }
      index++;
    }
    return of(slots.size(), leaves);
  }

  /** The levels between a leaf and the root over this many accounts: ceil(log2(accounts)), 0 for one and for none. */
  public static int depth(long accounts) {
    Unsigned.require32(accounts, "accounts");
    return accounts <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(accounts - 1);
  }

  /** The subtree over 2^level empty leaves: hash 0 at level 0, by the node rule above; its sums are 0. Levels 0 to 32. */
  public static SumNode emptySubtree(int level) {
    return EMPTY_SUBTREES[level];
  }

  /** The number of indices, released ones included. */
  public int accounts() {
    return accounts;
  }

  /** The levels between a leaf and the root, which is the number of siblings in a proof. */
  public int depth() {
    return levels.length - 1;
  }

  /** The root's hash, with the totals of all credits and debits. Empty if there are no accounts. */
  public SumNode root() {
    return accounts == 0 ? SumNode.EMPTY : node(depth(), 0);
  }

  /**
   * The path from a leaf, or from an empty (released) index, to the root.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < accounts}
   */
  public Proof proof(long index) {
    if (index < 0 || index >= accounts) {
      throw new IndexOutOfBoundsException("index " + index + " is not in a tree of " + accounts + " accounts");
    }
    return path(index);
  }

  /**
   * The path at index {@code accounts}, which shows that nothing stands to the right of the last account.
   * None if the accounts fill the tree, or if there are none.
   */
  public Optional<Proof> boundaryProof() {
    boolean full = accounts == 0 || accounts == 1L << depth();
    return full ? Optional.empty() : Optional.of(path(accounts));
  }

  /**
   * The proof of the leaves of a range of indices, in the order in which the contracts take its siblings.
   *
   * @param leaves the tree's leaves in that range, one slot per index, null for a released one
   * @throws IndexOutOfBoundsException unless {@code 0 <= first} and the range ends below {@code accounts}
   * @throws WireFormatException if a slot is not the leaf that the tree was built with, or there is none
   */
  public RangeProof rangeProof(long first, List<Leaf> leaves) {
    if (first < 0 || first + leaves.size() > accounts) {
      throw new IndexOutOfBoundsException(
          leaves.size() + " leaves from index " + first + " are not in a tree of " + accounts + " accounts");
    }
    for (int i = 0; i < leaves.size(); i++) {
      SumNode given = leaves.get(i) == null ? SumNode.EMPTY : leaves.get(i).node();
      if (!given.equals(node(0, first + i))) {
        throw new WireFormatException("leaves[" + i + "]", "is not the tree's leaf at index " + (first + i));
      }
    }
    long last = first + leaves.size() - 1;
    List<SumNode> siblings = new ArrayList<>();
    for (int level = 0; level < depth(); level++) {
      long lowest = first >> level;
      long highest = last >> level;
      if ((lowest & 1) == 1) {
        siblings.add(node(level, lowest - 1));
      }
      if ((highest & 1) == 0) {
        siblings.add(node(level, highest + 1));
      }
    }
    return new RangeProof(first, leaves, siblings);
  }

  private Proof path(long index) {
    List<SumNode> siblings = new ArrayList<>(depth());
    for (int level = 0; level < depth(); level++) {
      siblings.add(node(level, (index >> level) ^ 1));
    }
    return new Proof(index, node(0, index), siblings);
  }

  private SumNode node(int level, long position) {
    byte[] nodes = levels[level];
    if (position >= nodes.length / NODE) {
      return emptySubtree(level);
    }
    int offset = (int) position * NODE;
    Hash hash = Hash.of(Arrays.copyOfRange(nodes, offset, offset + Keccak.LENGTH));
    return new SumNode(hash, Unsigned.get128(nodes, offset + CREDIT), Unsigned.get128(nodes, offset + DEBIT));
  }

  private static byte[] leafLevel(int accounts, Collection<Leaf> leaves, Keccak keccak) {
    byte[] nodes = new byte[width(accounts) * NODE];
    boolean[] taken = new boolean[accounts];
    byte[] packed = new byte[Leaf.PACKED_LENGTH];
    for (Leaf leaf : leaves) {
      if (leaf.index() >= accounts) {
        throw new LeafFormatException(leaf.index(), "index", "must be below the number of accounts, " + accounts);
      }
      int index = (int) leaf.index();
      if (taken[index]) {
        throw new LeafFormatException(index, "index", "is used by two leaves, must be used by one");
      }
      taken[index] = true;
      int offset = index * NODE;
      leaf.packInto(packed);
      keccak.hash(packed, 0, packed.length, nodes, offset);
      Unsigned.put128(nodes, offset + CREDIT, leaf.credit());
      Unsigned.put128(nodes, offset + DEBIT, leaf.debit());
    }
    return nodes;
  }

  private static byte[] levelAbove(byte[] below, int level, boolean root, Keccak keccak) {
    int count = below.length / (2 * NODE);
    byte[] nodes = new byte[(root ? 1 : width(count)) * NODE];
    for (int i = 0; i < count; i++) {
      int left = 2 * i * NODE;
      int target = i * NODE;
      keccak.hash(below, left, 2 * NODE, nodes, target);
      addSums(below, left + CREDIT, left + NODE + CREDIT, nodes, target + CREDIT);
      addSums(below, left + DEBIT, left + NODE + DEBIT, nodes, target + DEBIT);
    }
    if (count * NODE < nodes.length) {
      emptySubtree(level).packInto(nodes, count * NODE);
    }
    return nodes;
  }

  /** Nodes stored for a level with this many over the accounts: an even number, so that each has its sibling beside it. */
  private static int width(int count) {
    return count <= 1 ? count : count + (count & 1);
  }

  /** Adds two 128-bit sums. They cannot overflow: a leaf has 96 bits, and there are fewer than 2^32 leaves. */
  private static void addSums(byte[] source, int left, int right, byte[] target, int offset) {
    long leftLow = Unsigned.get64(source, left + 8);
    long low = leftLow + Unsigned.get64(source, right + 8);
    long carry = Long.compareUnsigned(low, leftLow) < 0 ? 1 : 0;
    Unsigned.put64(target, offset, Unsigned.get64(source, left) + Unsigned.get64(source, right) + carry);
    Unsigned.put64(target, offset + 8, low);
  }

  private static SumNode[] emptySubtrees() {
    SumNode[] nodes = new SumNode[33];
    nodes[0] = SumNode.EMPTY;
    byte[] pair = new byte[2 * NODE];
    for (int level = 1; level < nodes.length; level++) {
      nodes[level - 1].packInto(pair, 0);
      nodes[level - 1].packInto(pair, NODE);
      nodes[level] = new SumNode(Keccak.of(pair), BigInteger.ZERO, BigInteger.ZERO);
    }
    return nodes;
  }
}
