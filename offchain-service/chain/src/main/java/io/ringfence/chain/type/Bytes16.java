package io.ringfence.chain.type;

import java.util.HexFormat;

/** Sixteen bytes as lower-case 0x hex: a leaf's salt. */
public record Bytes16(String hex) {

  public static final Bytes16 ZERO = new Bytes16("0x" + "0".repeat(32));

  /**
   * Takes {@code hex} in any case.
   *
   * @throws IllegalArgumentException unless it is 0x and 32 hex digits
   */
  public Bytes16 {
    hex = Hex.normalised(hex, 16, "a 16-byte value");
  }

  public static Bytes16 of(byte[] bytes) {
    return new Bytes16("0x" + HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex, 2, hex.length());
  }

  @Override
  public String toString() {
    return hex;
  }
}
