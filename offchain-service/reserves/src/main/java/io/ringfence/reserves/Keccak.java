package io.ringfence.reserves;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.KeccakDigest;

/**
 * Keccak-256 with the original padding, as the chain computes it (not SHA3-256).
 *
 * <p>An instance is reused without allocation and belongs to one thread at a time; the static methods are for single hashes.
 */
public final class Keccak {
  /** Bytes in a hash. */
  public static final int LENGTH = 32;

  private final KeccakDigest digest = new KeccakDigest(256);

  /** Hashes {@code length} bytes of {@code input} and writes the 32 bytes of the hash at {@code outputOffset}. */
  public void hash(byte[] input, int offset, int length, byte[] output, int outputOffset) {
    digest.update(input, offset, length);
    digest.doFinal(output, outputOffset);
  }

  /** The hash of the parts, one after the other with nothing between them. */
  public static Hash of(byte[]... parts) {
    KeccakDigest digest = new KeccakDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] hash = new byte[LENGTH];
    digest.doFinal(hash, 0);
    return Hash.of(hash);
  }

  /** The hash of the text's UTF-8 bytes. */
  public static Hash ofText(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }
}
