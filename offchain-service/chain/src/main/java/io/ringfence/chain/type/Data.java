package io.ringfence.chain.type;

import java.util.HexFormat;

/** Bytes of any length as lower-case 0x hex: calldata, a signature, a signed transaction, a proof path. */
public record Data(String hex) {

  public static final Data EMPTY = new Data("0x");

  /** Number of bytes. */
  public int length() {
    return (hex.length() - 2) / 2;
  }

  /**
   * Takes {@code hex} in any case.
   *
   * @throws IllegalArgumentException unless it is 0x and an even number of hex digits
   */
  public Data {
    hex = Hex.normalised(hex, -1, "bytes");
  }

  public static Data of(byte[] bytes) {
    return new Data("0x" + HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex, 2, hex.length());
  }

  @Override
  public String toString() {
    return hex;
  }
}
