package io.ringfence.reserves;

/** A 32-byte value: a Keccak-256 hash, a block hash, or zero where a format says that zero stands for nothing. */
public final class Hash extends ByteValue {
  /** Thirty-two zero bytes: an empty leaf, the predecessor of the first epoch. */
  public static final Hash ZERO = new Hash(new byte[32]);

  private Hash(byte[] bytes) {
    super(bytes);
  }

  /** Copies {@code bytes}; throws {@link WireFormatException} unless there are exactly 32. */
  public static Hash of(byte[] bytes) {
    return new Hash(exactly(32, bytes, "hash"));
  }

  /** Reads {@code 0x} and hexadecimal digits in either case; throws {@link WireFormatException} on anything else. */
  public static Hash fromHex(String text) {
    return new Hash(exactly(32, parseHex(text, "hash"), "hash"));
  }
}
