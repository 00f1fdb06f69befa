package io.ringfence.reserves;

/**
 * Keccak-256 of several messages of one block at once.
 *
 * <p>A message is {@link #WORDS} words of eight bytes, the first byte lowest, with its padding: a byte 1 after its last, and the highest
 * bit of the last word. Word {@code w} of the message in lane {@code l} stands at {@code w * lanes() + l}; likewise the hashes.
 */
interface KeccakKernel {

  /** Words of a block. */
  int WORDS = 17;

  /** Words of a hash. */
  int HASH_WORDS = 4;

  /** Messages at once. */
  int lanes();

  /**
   * Hashes the messages of all lanes.
   *
   * @param words {@code WORDS * lanes()}
   * @param hashes {@code HASH_WORDS * lanes()}, overwritten
   */
  void hash(long[] words, long[] hashes);
}
