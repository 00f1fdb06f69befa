package io.ringfence.reserves;

/** Sixteen secret bytes that keep a leaf's or a portfolio's hash from being guessed. Only its client may see it. */
public final class Salt extends ByteValue {
  private Salt(byte[] bytes) {
    super(bytes);
  }

  /** Copies {@code bytes}; throws {@link WireFormatException} unless there are exactly 16. */
  public static Salt of(byte[] bytes) {
    return new Salt(exactly(16, bytes, "salt"));
  }

  /** Reads {@code 0x} and hexadecimal digits in either case; throws {@link WireFormatException} on anything else. */
  public static Salt fromHex(String text) {
    return new Salt(exactly(16, parseHex(text, "salt"), "salt"));
  }

  /** Hides the bytes, so that a logged leaf gives nothing away; {@link #hex()} shows them. */
  @Override
  public String toString() {
    return "0x(hidden)";
  }
}
