package io.ringfence.reserves;

/** A signature as its signer made it: 65 bytes from a key, any length from a contract wallet. Not checked here. */
public final class Signature extends ByteValue {
  private Signature(byte[] bytes) {
    super(bytes);
  }

  /** Copies {@code bytes}; throws {@link WireFormatException} if there are none. */
  public static Signature of(byte[] bytes) {
    if (bytes.length == 0) {
      throw new WireFormatException("signature", "is empty, must have at least one byte");
    }
    return new Signature(bytes.clone());
  }

  /** Reads {@code 0x} and hexadecimal digits in either case; throws {@link WireFormatException} on anything else. */
  public static Signature fromHex(String text) {
    return of(parseHex(text, "signature"));
  }
}
