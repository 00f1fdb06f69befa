package io.ringfence.reserves;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account's positions in the one byte form that a leaf commits to, so that equal positions have equal bytes however they were
 * written down: sorted by instrument name bytewise, quantities without trailing zeros, zero quantities left out.
 *
 * <p>{@code u32 count}, then for each position:
 * {@code u16 length | ASCII instrument | u8 sign (0 plus, 1 minus) | u8 scale | u16 magnitude length | magnitude}. The quantity is
 * {@code magnitude * 10^-scale}; the magnitude is big-endian without leading zero bytes. {@code docs/wire.md} has a worked vector.
 */
public final class CanonicalPositions {
  private static final int MAX_SCALE = 255;
  private static final int MAX_LENGTH = 0xffff;
  private static final long MAX_INTEGER_DIGITS = 157_826;

  private final byte[] encoded;

  private CanonicalPositions(byte[] encoded) {
    this.encoded = encoded;
  }

  /**
   * @param instrument the instrument's name: 1 to 65535 printable ASCII characters without spaces
   * @param quantity contracts held, negative if short; at most 255 decimal places
   */
  public record Position(String instrument, BigDecimal quantity) {
    /** Throws {@link WireFormatException} if one is missing. */
    public Position {
      Required.present(instrument, "instrument");
      Required.present(quantity, "quantity");
    }
  }

  /**
   * Puts positions into canonical form; their order does not matter.
   *
   * @throws WireFormatException on a name or quantity that the encoding cannot hold, or an instrument named twice
   */
  public static CanonicalPositions of(Collection<Position> positions) {
    SortedMap<String, BigDecimal> quantities = new TreeMap<>();
    for (Position position : positions) {
      requireInstrument(position.instrument());
      BigDecimal quantity = canonical(position.quantity(), "quantity of " + position.instrument());
      if (quantities.put(position.instrument(), quantity) != null) {
        throw new WireFormatException("instrument", position.instrument() + " is named twice, its quantities must be one sum");
      }
    }
    quantities.values().removeIf(quantity -> quantity.signum() == 0);
    return new CanonicalPositions(encode(quantities));
  }

  /** A copy of the encoding. */
  public byte[] toBytes() {
    return encoded.clone();
  }

  /** A leaf's {@code positionsHash}: keccak256(positionsSalt | encoding). */
  public Hash hash(Salt positionsSalt) {
    return Keccak.of(positionsSalt.toBytes(), encoded);
  }

  /** Checks a name: 1 to 65535 printable ASCII characters without spaces. */
  private static void requireInstrument(String name) {
    if (name.isEmpty() || name.length() > MAX_LENGTH) {
      throw new WireFormatException("instrument", "has " + name.length() + " characters, must have 1 to " + MAX_LENGTH);
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c > '~') {
        throw new WireFormatException(
            "instrument", String.format("has the character U+%04X at place %d, must be printable ASCII without spaces", (int) c, i));
      }
    }
  }

  /** Strips a value to its one form; throws {@link WireFormatException} if the encoding cannot hold it. */
  private static BigDecimal canonical(BigDecimal value, String field) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    // Checked before any arithmetic: 1E+999999999 is a few bytes of input and gigabytes once written out.
    if ((long) value.precision() - value.scale() > MAX_INTEGER_DIGITS) {
      throw new WireFormatException(field, "has more than " + MAX_INTEGER_DIGITS + " digits before the point");
    }
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.scale() > MAX_SCALE) {
      throw new WireFormatException(field, "has " + stripped.scale() + " decimal places, must have at most " + MAX_SCALE);
    }
    BigDecimal canonical = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    if (magnitude(canonical).length > MAX_LENGTH) {
      throw new WireFormatException(field, "needs a magnitude of more than " + MAX_LENGTH + " bytes");
    }
    return canonical;
  }

  /** Encodes instruments and quantities that have passed {@link #requireInstrument} and {@link #canonical}. */
  private static byte[] encode(SortedMap<String, BigDecimal> quantities) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] count = new byte[4];
    Unsigned.put32(count, 0, quantities.size());
    out.writeBytes(count);
    for (Map.Entry<String, BigDecimal> entry : quantities.entrySet()) {
      writeWithLength(out, entry.getKey().getBytes(StandardCharsets.US_ASCII));
      out.write(entry.getValue().signum() < 0 ? 1 : 0);
      out.write(entry.getValue().scale());
      writeWithLength(out, magnitude(entry.getValue()));
    }
    return out.toByteArray();
  }

  private static void writeWithLength(ByteArrayOutputStream out, byte[] bytes) {
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  /** Big-endian without leading zero bytes; nothing at all for zero. */
  private static byte[] magnitude(BigDecimal value) {
    BigInteger unscaled = value.unscaledValue().abs();
    byte[] signed = unscaled.toByteArray();
    return signed[0] == 0 ? Arrays.copyOfRange(signed, 1, signed.length) : signed;
  }
}
