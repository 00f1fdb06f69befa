package io.ringfence.reserves;

import java.util.Arrays;
import org.bouncycastle.crypto.digests.KeccakDigest;

/** One Keccak-256 at a time, by BouncyCastle. Belongs to one thread at a time. */
final class ScalarKeccak implements KeccakKernel {

  private final KeccakDigest digest = new KeccakDigest(256);
  private final byte[] message = new byte[WORDS * Long.BYTES];
  private final byte[] hash = new byte[Keccak.LENGTH];

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void hash(long[] words, long[] hashes) {
    for (int word = 0; word < WORDS; word++) {
      Unsigned.put64LittleEndian(message, word * Long.BYTES, words[word]);
    }
    digest.update(message, 0, length());
    digest.doFinal(hash, 0);
    for (int word = 0; word < HASH_WORDS; word++) {
      hashes[word] = Unsigned.get64LittleEndian(hash, word * Long.BYTES);
    }
  }

  /** Takes the padding off: the digest makes its own. */
  private int length() {
    message[message.length - 1] ^= (byte) 0x80;
    int last = message.length - 1;
    while (message[last] == 0) {
      last--;
    }
    if (message[last] != 1) {
      throw new IllegalArgumentException("a message without padding: " + Arrays.toString(message));
    }
    return last;
  }
}
