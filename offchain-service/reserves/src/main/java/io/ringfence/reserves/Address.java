package io.ringfence.reserves;

/** A 20-byte account address on the chain, ordered as the unsigned number it stands for. */
public final class Address extends ByteValue implements Comparable<Address> {
  /** The zero address. */
  public static final Address ZERO = new Address(new byte[20]);

  private Address(byte[] bytes) {
    super(bytes);
  }

  /** Copies {@code bytes}; throws {@link WireFormatException} unless there are exactly 20. */
  public static Address of(byte[] bytes) {
    return new Address(exactly(20, bytes, "address"));
  }

  /**
   * Reads {@code 0x} and hexadecimal digits in either case, which is not taken as a checksum; throws {@link WireFormatException} on
   * anything else.
   */
  public static Address fromHex(String text) {
    return new Address(exactly(20, parseHex(text, "address"), "address"));
  }

  @Override
  public int compareTo(Address other) {
    return compareBytes(other);
  }
}
