package io.ringfence.chain.type;

import java.util.HexFormat;

/** A hash, topic or word: 32 bytes as lower-case 0x hex. */
public record Bytes32(String hex) {

  public static final Bytes32 ZERO = new Bytes32("0x" + "0".repeat(64));

  /**
   * Takes {@code hex} in any case.
   *
   * @throws IllegalArgumentException unless it is 0x and 64 hex digits
   */
  public Bytes32 {
    hex = Hex.normalised(hex, 32, "a 32-byte value");
  }

  public static Bytes32 of(byte[] bytes) {
    return new Bytes32("0x" + HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex, 2, hex.length());
  }

  @Override
  public String toString() {
    return hex;
  }
}
