package io.ringfence.reserves;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The part of Solidity's {@code abi.encode} that the formats use: static words, and arrays of static words.
 *
 * <p>Each argument has one word in the head, in order; an array's is the offset of its length and elements in the tail. EIP-712
 * encodes the fields of a struct of static types as the same words.
 */
final class AbiEncoder {
  private static final int WORD = 32;

  private sealed interface Argument permits Static, Dynamic {}

  private record Static(byte[] word) implements Argument {}

  private record Dynamic(List<byte[]> elements) implements Argument {}

  private final List<Argument> arguments = new ArrayList<>();

  /** Adds an unsigned integer; throws {@link WireFormatException} naming {@code field} unless it fits {@code bits}, below 256. */
  AbiEncoder unsigned(BigInteger value, int bits, String field) {
    return add(unsignedWord(value, bits, field));
  }

  /** Adds an unsigned integer that its caller has range-checked. */
  AbiEncoder unsigned(long value) {
    byte[] word = new byte[WORD];
    Unsigned.put64(word, WORD - 8, value);
    return add(word);
  }

  /** Adds an int256; throws {@link WireFormatException} naming {@code field} if it does not fit. */
  AbiEncoder int256(BigInteger value, String field) {
    return add(int256Word(value, field));
  }

  /** Adds a bytes32. */
  AbiEncoder hash(Hash value) {
    return add(value.toBytes());
  }

  /** Adds an address, padded on the left. */
  AbiEncoder address(Address value) {
    return add(addressWord(value));
  }

  /** Adds a bool, 0 or 1. */
  AbiEncoder bool(boolean value) {
    return unsigned(value ? 1 : 0);
  }

  /** Adds an address[]. */
  AbiEncoder addresses(List<Address> values) {
    arguments.add(new Dynamic(values.stream().map(AbiEncoder::addressWord).toList()));
    return this;
  }

  /** Adds an array of unsigned integers; throws {@link WireFormatException} naming the element unless each fits {@code bits}. */
  AbiEncoder unsignedArray(List<BigInteger> values, int bits, String field) {
    List<byte[]> elements = new ArrayList<>(values.size());
    for (BigInteger value : values) {
      elements.add(unsignedWord(value, bits, field + "[" + elements.size() + "]"));
    }
    arguments.add(new Dynamic(elements));
    return this;
  }

  /** The encoding: heads, then tails. */
  byte[] encode() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    int headLength = arguments.size() * WORD;
    for (Argument argument : arguments) {
      switch (argument) {
        case Static(byte[] word) -> head.writeBytes(word);
        case Dynamic(List<byte[]> elements) -> {
          head.writeBytes(lengthWord(headLength + tail.size()));
          tail.writeBytes(lengthWord(elements.size()));
          elements.forEach(tail::writeBytes);
        }
      }
    }
    head.writeBytes(tail.toByteArray());
    return head.toByteArray();
  }

  /** Keccak-256 of the encoding. */
  Hash keccak() {
    return Keccak.of(encode());
  }

  private AbiEncoder add(byte[] word) {
    arguments.add(new Static(word));
    return this;
  }

  private static byte[] unsignedWord(BigInteger value, int bits, String field) {
    return int256Word(Unsigned.require(value, bits, field), field);
  }

  private static byte[] int256Word(BigInteger value, String field) {
    byte[] minimal = value.toByteArray();
    if (minimal.length > WORD) {
      throw new WireFormatException(field, "needs " + value.bitLength() + " bits and a sign, must fit an int256");
    }
    byte[] word = new byte[WORD];
    Arrays.fill(word, value.signum() < 0 ? (byte) 0xff : 0);
    System.arraycopy(minimal, 0, word, WORD - minimal.length, minimal.length);
    return word;
  }

  private static byte[] addressWord(Address value) {
    byte[] word = new byte[WORD];
    value.copyTo(word, WORD - value.length());
    return word;
  }

  private static byte[] lengthWord(int value) {
    byte[] word = new byte[WORD];
    Unsigned.put32(word, WORD - 4, value);
    return word;
  }
}
