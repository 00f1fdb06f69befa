package io.ringfence.reserves;

/** Where a tree takes its leaves from, packed: so that ten million of them need not be ten million objects. */
@FunctionalInterface
public interface LeafSource {

  /**
   * Writes the {@link Leaf#PACKED_LENGTH} bytes of the leaf at an index.
   *
   * @param index zero or more, below the tree's number of accounts
   * @param target as long as a packed leaf
   * @return false if the index is released; then it does not matter what was written
   */
  boolean pack(int index, byte[] target);
}
