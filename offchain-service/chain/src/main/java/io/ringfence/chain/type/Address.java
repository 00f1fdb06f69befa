package io.ringfence.chain.type;

import java.util.HexFormat;

/** An account on the chain: 20 bytes as lower-case 0x hex. */
public record Address(String hex) {

  public static final Address ZERO = new Address("0x" + "0".repeat(40));

  /** The low 20 bytes of a 32-byte topic or word. */
  public static Address ofWord(Bytes32 word) {
    return new Address("0x" + word.hex().substring(26));
  }

  /** This address left-padded to a topic. */
  public Bytes32 word() {
    return new Bytes32("0x" + "0".repeat(24) + hex.substring(2));
  }

  public boolean isZero() {
    return equals(ZERO);
  }

  /**
   * Takes {@code hex} in any case.
   *
   * @throws IllegalArgumentException unless it is 0x and 40 hex digits
   */
  public Address {
    hex = Hex.normalised(hex, 20, "an address");
  }

  public static Address of(byte[] bytes) {
    return new Address("0x" + HexFormat.of().formatHex(bytes));
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex, 2, hex.length());
  }

  @Override
  public String toString() {
    return hex;
  }
}
