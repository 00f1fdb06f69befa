package io.ringfence.reserves;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The nodes of a tree in flat arrays, one a level, the leaves first.
 *
 * <p>A node is eight words: four of the hash (its first byte lowest, as the hash function reads it), then credit and debit, each upper word
 * first; so two neighbours are together what their parent hashes, but for the byte order of the sums. A level holds the nodes over the
 * accounts and, if they are an odd number, one empty subtree beside the last; everything further right is an empty subtree too.
 *
 * <p>Belongs to one thread at a time while it changes.
 */
final class NodeLevels {

  /** Words of a node. */
  static final int NODE = 8;

  private static final int CREDIT = 4;
  private static final int DEBIT = 6;

  private final NodeHasher hasher;
  private int accounts;
  private long[][] levels;

  /** Every node over these leaves. */
  NodeLevels(int accounts, LeafSource leaves, HashPath path) {
    hasher = new NodeHasher(path.kernel());
    this.accounts = accounts;
    levels = new long[SumTree.depth(accounts) + 1][];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = new long[NODE * width(level)];
    }
    for (int index = 0; index < accounts; index++) {
      hasher.leaf(leaves, index, levels[0], index);
    }
    hasher.flush();
    for (int level = 1; level < levels.length; level++) {
      for (int position = 0; position < count(level); position++) {
        hasher.parent(levels[level - 1], position, levels[level]);
      }
      hasher.flush();
      fillUp(level);
    }
  }

  int accounts() {
    return accounts;
  }

  int depth() {
    return levels.length - 1;
  }

  /** The node at a position of a level; an empty subtree past the accounts. */
  SumNode node(int level, long position) {
    long[] nodes = levels[level];
    if (position >= nodes.length / NODE) {
      return SumTree.emptySubtree(level);
    }
    int offset = (int) position * NODE;
    byte[] hash = new byte[Keccak.LENGTH];
    for (int word = 0; word < CREDIT; word++) {
      Unsigned.put64LittleEndian(hash, word * Long.BYTES, nodes[offset + word]);
    }
    return new SumNode(Hash.of(hash), sum(nodes, offset + CREDIT), sum(nodes, offset + DEBIT));
  }

  /** The leaves' nodes at these indices, one after the other. */
  long[] leaves(int[] indices) {
    long[] nodes = new long[NODE * indices.length];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(levels[0], NODE * indices[i], nodes, NODE * i, NODE);
    }
    return nodes;
  }

  /** The nodes that leaves at these indices have; changes nothing. */
  long[] hashed(int[] indices, LeafSource leaves) {
    long[] nodes = new long[NODE * indices.length];
    hasher.begin();
    for (int i = 0; i < indices.length; i++) {
      hasher.leaf(leaves, indices[i], nodes, i);
    }
    hasher.flush();
    return nodes;
  }

  /**
   * Puts leaves' nodes in their places and computes what is above them.
   *
   * @param nextAccounts the number of accounts from now on
   * @param indices ascending, each once, below that number; if it grows, all that are new among them
   * @param nodes one for each
   */
  void replace(int nextAccounts, int[] indices, long[] nodes) {
    if (nextAccounts != accounts) {
      resize(nextAccounts);
    }
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(nodes, NODE * i, levels[0], NODE * indices[i], NODE);
    }
    int[] positions = indices;
    for (int level = 1; level < levels.length; level++) {
      positions = parents(positions);
      for (int position : positions) {
        hasher.parent(levels[level - 1], position, levels[level]);
      }
      hasher.flush();
    }
  }

  /** Room for another number of accounts; what is above the new ones, or above the last, is to be computed. */
  private void resize(int nextAccounts) {
    accounts = nextAccounts;
    long[][] before = levels;
    levels = new long[SumTree.depth(accounts) + 1][];
    for (int level = 0; level < levels.length; level++) {
      int length = NODE * width(level);
      levels[level] = level < before.length ? Arrays.copyOf(before[level], length) : new long[length];
      fillUp(level);
    }
  }

  private static int[] parents(int[] positions) {
    int[] above = new int[positions.length];
    int count = 0;
    for (int position : positions) {
      int parent = position >>> 1;
      if (count == 0 || above[count - 1] != parent) {
        above[count++] = parent;
      }
    }
    return Arrays.copyOf(above, count);
  }

  /** Nodes of a level that have an account below them. */
  private int count(int level) {
    return (int) (((long) accounts + (1L << level) - 1) >> level);
  }

  /** Nodes stored for a level: an even number below the root, so that each has its sibling beside it. */
  private int width(int level) {
    int count = count(level);
    return count <= 1 ? count : count + (count & 1);
  }

  private void fillUp(int level) {
    if (width(level) > count(level)) {
      byte[] packed = new byte[SumNode.PACKED_LENGTH];
      SumTree.emptySubtree(level).packInto(packed, 0);
      int offset = NODE * count(level);
      for (int word = 0; word < NODE; word++) {
        levels[level][offset + word] = Unsigned.get64LittleEndian(packed, word * Long.BYTES);
      }
    }
  }

  private static BigInteger sum(long[] nodes, int offset) {
    byte[] bytes = new byte[2 * Long.BYTES];
    Unsigned.put64(bytes, 0, nodes[offset]);
    Unsigned.put64(bytes, Long.BYTES, nodes[offset + 1]);
    return new BigInteger(1, bytes);
  }
}
