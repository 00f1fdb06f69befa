package io.ringfence.reserves;

import java.util.Arrays;

/**
 * Computes nodes, as many at once as the kernel has lanes. A node's sums are in its place when {@link #leaf} or {@link #parent} returns,
 * its hash after {@link #flush}; between two flushes all nodes are leaves, or all are parents.
 */
final class NodeHasher {

  private static final int NODE = NodeLevels.NODE;
  private static final int HASH_WORDS = KeccakKernel.HASH_WORDS;
  private static final int CREDIT = 4;
  private static final int DEBIT = 6;
  private static final int LEAF_WORDS = Leaf.PACKED_LENGTH / Long.BYTES;

  private static final int LEAF_CREDIT = 24;
  private static final int LEAF_DEBIT = 36;

  private final KeccakKernel kernel;
  private final int lanes;
  private final long[] words;
  private final long[] hashes;
  private final byte[] packed = new byte[Leaf.PACKED_LENGTH];
  private final int[] offsets;
  private long[] target;
  private int waiting;

  NodeHasher(KeccakKernel kernel) {
    this.kernel = kernel;
    lanes = kernel.lanes();
    words = new long[KeccakKernel.WORDS * lanes];
    hashes = new long[HASH_WORDS * lanes];
    offsets = new int[lanes];
  }

  /** Forgets what waits: an exception may have left something. */
  void begin() {
    waiting = 0;
  }

  /**
   * Computes a leaf's node, or the empty one.
   *
   * @param slot the node's place in the target
   * @throws LeafFormatException if its index is not its own, or credit and debit are both set
   */
  void leaf(LeafSource leaves, int index, long[] into, int slot) {
    int offset = NODE * slot;
    if (!leaves.pack(index, packed)) {
      Arrays.fill(into, offset, offset + NODE, 0);
      return;
    }
    into[offset + CREDIT] = Unsigned.get32(packed, LEAF_CREDIT);
    into[offset + CREDIT + 1] = Unsigned.get64(packed, LEAF_CREDIT + 4);
    into[offset + DEBIT] = Unsigned.get32(packed, LEAF_DEBIT);
    into[offset + DEBIT + 1] = Unsigned.get64(packed, LEAF_DEBIT + 4);
    if (Unsigned.get32(packed, 0) != index) {
      throw new LeafFormatException(Unsigned.get32(packed, 0), "index", "stands in slot " + index + ", must stand in its own");
    }
    if (isSet(into, offset + CREDIT) && isSet(into, offset + DEBIT)) {
      throw new LeafFormatException(index, "debit", "credit and debit are both set, one must be 0");
    }
    for (int word = 0; word < LEAF_WORDS; word++) {
      words[word * lanes + waiting] = Unsigned.get64LittleEndian(packed, word * Long.BYTES);
    }
    words[LEAF_WORDS * lanes + waiting] = 1;
    words[(LEAF_WORDS + 1) * lanes + waiting] = Long.MIN_VALUE;
    await(into, offset);
  }

  /** Computes the node at a position of a level from its two children in the level below. */
  void parent(long[] below, int position, long[] into) {
    int left = 2 * NODE * position;
    for (int child = 0; child < 2; child++) {
      int from = left + child * NODE;
      int to = child * NODE * lanes + waiting;
      for (int word = 0; word < CREDIT; word++) {
        words[to + word * lanes] = below[from + word];
      }
      for (int word = CREDIT; word < NODE; word++) {
        words[to + word * lanes] = Long.reverseBytes(below[from + word]);
      }
    }
    words[2 * NODE * lanes + waiting] = Long.MIN_VALUE | 1;
    int offset = NODE * position;
    add(below, left + CREDIT, into, offset + CREDIT);
    add(below, left + DEBIT, into, offset + DEBIT);
    await(into, offset);
  }

  /** Hashes what waits. */
  void flush() {
    if (waiting == 0) {
      return;
    }
    kernel.hash(words, hashes);
    for (int lane = 0; lane < waiting; lane++) {
      for (int word = 0; word < HASH_WORDS; word++) {
        target[offsets[lane] + word] = hashes[word * lanes + lane];
      }
    }
    waiting = 0;
  }

  private void await(long[] into, int offset) {
    target = into;
    offsets[waiting++] = offset;
    if (waiting == lanes) {
      flush();
    }
  }

  /** Adds the sums of two neighbours. They cannot overflow: a leaf has 96 bits, and there are fewer than 2^32 leaves. */
  private static void add(long[] below, int left, long[] into, int offset) {
    long leftLow = below[left + 1];
    long low = leftLow + below[left + NODE + 1];
    long carry = Long.compareUnsigned(low, leftLow) < 0 ? 1 : 0;
    into[offset] = below[left] + below[left + NODE] + carry;
    into[offset + 1] = low;
  }

  private static boolean isSet(long[] nodes, int offset) {
    return (nodes[offset] | nodes[offset + 1]) != 0;
  }
}
