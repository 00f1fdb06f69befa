package io.ringfence.reserves;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/** Range checks and big-endian encodings of the unsigned widths that the formats use. */
final class Unsigned {
  static final long MAX_32 = 0xffff_ffffL;

  private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LITTLE_LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Unsigned() {}

  static boolean fits(BigInteger value, int bits) {
    return value.signum() >= 0 && value.bitLength() <= bits;
  }

  static BigInteger require(BigInteger value, int bits, String field) {
    if (!fits(Required.present(value, field), bits)) {
      throw new WireFormatException(field, outOfRange(value, bits));
    }
    return value;
  }

  static long require32(long value, String field) {
    if (value < 0 || value > MAX_32) {
      throw new WireFormatException(field, "is " + value + ", must be from 0 to 2^32-1");
    }
    return value;
  }

  static long requireNotNegative(long value, String field) {
    if (value < 0) {
      throw new WireFormatException(field, "is " + value + ", must be from 0 to 2^63-1");
    }
    return value;
  }

  /** Says what is wrong with a value without echoing a hostile one of a million digits. */
  static String outOfRange(BigInteger value, int bits) {
    String shown = value.bitLength() <= 256 ? value.toString() : "a number of " + value.bitLength() + " bits";
    return "is " + shown + ", must be from 0 to 2^" + bits + "-1";
  }

  static void put32(byte[] target, int offset, long value) {
    INT.set(target, offset, (int) value);
  }

  static void put64(byte[] target, int offset, long value) {
    LONG.set(target, offset, value);
  }

  static long get64(byte[] source, int offset) {
    return (long) LONG.get(source, offset);
  }

  static long get32(byte[] source, int offset) {
    return (int) INT.get(source, offset) & MAX_32;
  }

  static void put64LittleEndian(byte[] target, int offset, long value) {
    LITTLE_LONG.set(target, offset, value);
  }

  static long get64LittleEndian(byte[] source, int offset) {
    return (long) LITTLE_LONG.get(source, offset);
  }

  static void put96(byte[] target, int offset, BigInteger value) {
    put32(target, offset, high(value));
    put64(target, offset + 4, value.longValue());
  }

  static void put128(byte[] target, int offset, BigInteger value) {
    put64(target, offset, high(value));
    put64(target, offset + 8, value.longValue());
  }

  static BigInteger get128(byte[] source, int offset) {
    return new BigInteger(1, source, offset, 16);
  }

  private static long high(BigInteger value) {
    return value.bitLength() <= 64 ? 0 : value.shiftRight(64).longValue();
  }
}
