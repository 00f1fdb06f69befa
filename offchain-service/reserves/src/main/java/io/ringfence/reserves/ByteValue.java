package io.ringfence.reserves;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string with the equality of its content. Its subtypes say what the bytes are. */
public abstract sealed class ByteValue permits Address, Hash, Salt, Signature {
  private final byte[] bytes;

  /** Takes ownership of {@code bytes}: callers pass an array that nobody else keeps. */
  ByteValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of the bytes. */
  public final byte[] toBytes() {
    return bytes.clone();
  }

  /** The number of bytes. */
  public final int length() {
    return bytes.length;
  }

  /** The bytes as {@code 0x} and lower-case hexadecimal digits. */
  public final String hex() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }

  /** Whether every byte is zero. */
  public final boolean isZero() {
    for (byte b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  final void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  final int compareBytes(ByteValue other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public final boolean equals(Object other) {
    return other != null && getClass() == other.getClass() && Arrays.equals(bytes, ((ByteValue) other).bytes);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }

  /** Copies {@code bytes} after checking that there are exactly {@code length} of them. */
  static byte[] exactly(int length, byte[] bytes, String what) {
    if (bytes.length != length) {
      throw new WireFormatException(what, "has " + bytes.length + " bytes, must have " + length);
    }
    return bytes.clone();
  }

  /** Reads {@code 0x} and an even number of hexadecimal digits, in either case. */
  static byte[] parseHex(String text, String what) {
    if (!text.startsWith("0x") || text.length() % 2 != 0) {
      throw new WireFormatException(what, "must be 0x and an even number of hexadecimal digits");
    }
    try {
      return HexFormat.of().parseHex(text, 2, text.length());
    } catch (IllegalArgumentException notHex) {
      throw new WireFormatException(what, "must be 0x and an even number of hexadecimal digits");
    }
  }
}
