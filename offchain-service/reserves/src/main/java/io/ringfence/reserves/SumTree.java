package io.ringfence.reserves;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The Merkle-sum tree of an epoch: every node carries a hash and the credit and debit sums below it.
 *
 * <p>A tree that nobody {@link #update}s is safe to share between threads. Updates and rollbacks are for one thread, and nobody reads
 * meanwhile; one that throws changes nothing.
 */
public final class SumTree {
  /** The most accounts that a tree in memory holds (the wire format allows 2^32). */
  public static final int MAX_ACCOUNTS = 1 << 24;

  private static final SumNode[] EMPTY_SUBTREES = emptySubtrees();

  private final NodeLevels nodes;
  private final TreeJournal journal = new TreeJournal();

  private SumTree(NodeLevels nodes) {
    this.nodes = nodes;
  }

  /**
   * Builds the tree over indices 0 to {@code accounts - 1}. Leaves come in any order; an index without one is empty (released).
   *
   * @throws WireFormatException if {@code accounts} is negative or above {@link #MAX_ACCOUNTS}
   * @throws LeafFormatException if two leaves have one index, or an index is not below {@code accounts}
   */
  public static SumTree of(int accounts, Collection<Leaf> leaves) {
    requireAccounts(accounts);
    Leaf[] slots = new Leaf[accounts];
    for (Leaf leaf : leaves) {
      if (leaf.index() >= accounts) {
        throw new LeafFormatException(leaf.index(), "index", "must be below the number of accounts, " + accounts);
      }
      int index = (int) leaf.index();
      if (slots[index] != null) {
        throw new LeafFormatException(index, "index", "is used by two leaves, must be used by one");
      }
      slots[index] = leaf;
    }
    return of(accounts, ofArray(slots), HashPath.of(accounts));
  }

  /**
   * Builds the tree from packed leaves, each asked for once, in order.
   *
   * @throws WireFormatException if {@code accounts} is negative or above {@link #MAX_ACCOUNTS}
   * @throws LeafFormatException if a leaf's index is not the one it was asked for by, or its credit and debit are both set
   */
  public static SumTree of(int accounts, LeafSource leaves, HashPath path) {
    return new SumTree(new NodeLevels(requireAccounts(accounts), leaves, path));
  }

  /**
   * Builds the tree from one slot per index; a null slot is an index without a leaf (released).
   *
   * @throws LeafFormatException if a leaf's index is not its place in the list
   */
  public static SumTree ofSlots(List<Leaf> slots) {
    Leaf[] array = slots.toArray(Leaf[]::new);
    return of(array.length, ofArray(array), HashPath.of(array.length));
  }

  private static LeafSource ofArray(Leaf[] slots) {
    return (index, target) -> {
      if (slots[index] == null) {
        return false;
      }
      slots[index].packInto(target);
      return true;
    };
  }

  private static int requireAccounts(int accounts) {
    if (accounts < 0 || accounts > MAX_ACCOUNTS) {
      throw new WireFormatException("accounts", "is " + accounts + ", must be from 0 to " + MAX_ACCOUNTS);
    }
    return accounts;
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
    return nodes.accounts();
  }

  /** The levels between a leaf and the root, which is the number of siblings in a proof. */
  public int depth() {
    return nodes.depth();
  }

  /** The root's hash, with the totals of all credits and debits. Empty if there are no accounts. */
  public SumNode root() {
    return accounts() == 0 ? SumNode.EMPTY : nodes.node(depth(), 0);
  }

  /**
   * The path from a leaf, or from an empty (released) index, to the root.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < accounts}
   */
  public Proof proof(long index) {
    if (index < 0 || index >= accounts()) {
      throw new IndexOutOfBoundsException("index " + index + " is not in a tree of " + accounts() + " accounts");
    }
    return path(index);
  }

  /**
   * The path at index {@code accounts}, which shows that nothing stands to the right of the last account.
   * None if the accounts fill the tree, or if there are none.
   */
  public Optional<Proof> boundaryProof() {
    boolean full = accounts() == 0 || accounts() == 1L << depth();
    return full ? Optional.empty() : Optional.of(path(accounts()));
  }

  /**
   * The proof of the leaves of a range of indices, in the order in which the contracts take its siblings.
   *
   * @param leaves the tree's leaves in that range, one slot per index, null for a released one
   * @throws IndexOutOfBoundsException unless {@code 0 <= first} and the range ends below {@code accounts}
   * @throws WireFormatException if a slot is not the leaf that the tree was built with, or there is none
   */
  public RangeProof rangeProof(long first, List<Leaf> leaves) {
    if (first < 0 || first + leaves.size() > accounts()) {
      throw new IndexOutOfBoundsException(
          leaves.size() + " leaves from index " + first + " are not in a tree of " + accounts() + " accounts");
    }
    for (int i = 0; i < leaves.size(); i++) {
      SumNode given = leaves.get(i) == null ? SumNode.EMPTY : leaves.get(i).node();
      if (!given.equals(nodes.node(0, first + i))) {
        throw new WireFormatException("leaves[" + i + "]", "is not the tree's leaf at index " + (first + i));
      }
    }
    long last = first + leaves.size() - 1;
    List<SumNode> siblings = new ArrayList<>();
    for (int level = 0; level < depth(); level++) {
      long lowest = first >> level;
      long highest = last >> level;
      if ((lowest & 1) == 1) {
        siblings.add(nodes.node(level, lowest - 1));
      }
      if ((highest & 1) == 0) {
        siblings.add(nodes.node(level, highest + 1));
      }
    }
    return new RangeProof(first, leaves, siblings);
  }

  private Proof path(long index) {
    List<SumNode> siblings = new ArrayList<>(depth());
    for (int level = 0; level < depth(); level++) {
      siblings.add(nodes.node(level, (index >> level) ^ 1));
    }
    return new Proof(index, nodes.node(0, index), siblings);
  }

  /**
   * Puts leaves in the place of those at their indices, and computes what is above them anew.
   *
   * @param accounts the number of indices from now on, not fewer than before; the new ones are taken from {@code leaves} as well
   * @param dirty the indices whose leaves have changed, or were released, in any order
   * @param leaves asked for the leaves at those indices, each once, ascending
   * @throws WireFormatException if there were more accounts before, would be more than {@link #MAX_ACCOUNTS}, or an index is out of range
   * @throws LeafFormatException as of {@link #of(int, LeafSource, HashPath)}
   */
  public void update(int accounts, int[] dirty, LeafSource leaves) {
    if (requireAccounts(accounts) < accounts()) {
      throw new WireFormatException("accounts", "are " + accounts + " after " + accounts() + "; indices are released, never taken back");
    }
    int[] indices = ascending(accounts, dirty);
    long[] changed = nodes.hashed(indices, leaves);
    journal.record(nodes, indices);
    nodes.replace(accounts, indices, changed);
  }

  /** The dirty indices and those past the present accounts, ascending, each once. */
  private int[] ascending(int accounts, int[] dirty) {
    BitSet indices = new BitSet(accounts);
    for (int index : dirty) {
      if (index < 0 || index >= accounts) {
        throw new WireFormatException("dirty", "has index " + index + " in a tree of " + accounts + " accounts");
      }
      indices.set(index);
    }
    indices.set(accounts(), accounts);
    return indices.stream().toArray();
  }

  /** The state of the tree now, to which {@link #rollback} returns until {@link #forgetBefore} a later one. */
  public TreeSnapshot snapshot() {
    return journal.snapshot();
  }

  /**
   * Undoes every update since a snapshot, which stays valid; later ones do not.
   *
   * @throws IllegalArgumentException if the snapshot is another tree's, was forgotten, or was undone
   */
  public void rollback(TreeSnapshot snapshot) {
    journal.undo(snapshot, nodes);
  }

  /** Frees what was kept for returning to snapshots older than this one; exceptions as of {@link #rollback}. */
  public void forgetBefore(TreeSnapshot snapshot) {
    journal.forgetBefore(snapshot);
  }

  private static SumNode[] emptySubtrees() {
    SumNode[] nodes = new SumNode[33];
    nodes[0] = SumNode.EMPTY;
    byte[] pair = new byte[2 * SumNode.PACKED_LENGTH];
    for (int level = 1; level < nodes.length; level++) {
      nodes[level - 1].packInto(pair, 0);
      nodes[level - 1].packInto(pair, SumNode.PACKED_LENGTH);
      nodes[level] = new SumNode(Keccak.of(pair), BigInteger.ZERO, BigInteger.ZERO);
    }
    return nodes;
  }
}
