package io.ringfence.reserves;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.NOT;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many Keccak-256 side by side as a vector has lanes: eight where vectors have 512 bits. A lane is a message, so the permutation is the
 * one of FIPS 202, section 3.2, written once for all of them.
 *
 * <p>The state is 25 local variables, {@code a[x + 5y]}, and the rounds are one method, because the compiler keeps vectors in registers
 * only within what it compiles as a whole.
 */
final class VectorKeccak implements KeccakKernel {

  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final long[] ROUND_CONSTANTS = {
    0x0000000000000001L, 0x0000000000008082L, 0x800000000000808aL, 0x8000000080008000L, 0x000000000000808bL, 0x0000000080000001L,
    0x8000000080008081L, 0x8000000000008009L, 0x000000000000008aL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000aL,
    0x000000008000808bL, 0x800000000000008bL, 0x8000000000008089L, 0x8000000000008003L, 0x8000000000008002L, 0x8000000000000080L,
    0x000000000000800aL, 0x800000008000000aL, 0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
  };

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void hash(long[] words, long[] hashes) {
    LongVector a0 = LongVector.fromArray(SPECIES, words, 0);
    LongVector a1 = LongVector.fromArray(SPECIES, words, LANES);
    LongVector a2 = LongVector.fromArray(SPECIES, words, 2 * LANES);
    LongVector a3 = LongVector.fromArray(SPECIES, words, 3 * LANES);
    LongVector a4 = LongVector.fromArray(SPECIES, words, 4 * LANES);
    LongVector a5 = LongVector.fromArray(SPECIES, words, 5 * LANES);
    LongVector a6 = LongVector.fromArray(SPECIES, words, 6 * LANES);
    LongVector a7 = LongVector.fromArray(SPECIES, words, 7 * LANES);
    LongVector a8 = LongVector.fromArray(SPECIES, words, 8 * LANES);
    LongVector a9 = LongVector.fromArray(SPECIES, words, 9 * LANES);
    LongVector a10 = LongVector.fromArray(SPECIES, words, 10 * LANES);
    LongVector a11 = LongVector.fromArray(SPECIES, words, 11 * LANES);
    LongVector a12 = LongVector.fromArray(SPECIES, words, 12 * LANES);
    LongVector a13 = LongVector.fromArray(SPECIES, words, 13 * LANES);
    LongVector a14 = LongVector.fromArray(SPECIES, words, 14 * LANES);
    LongVector a15 = LongVector.fromArray(SPECIES, words, 15 * LANES);
    LongVector a16 = LongVector.fromArray(SPECIES, words, 16 * LANES);
    LongVector a17 = LongVector.zero(SPECIES);
    LongVector a18 = LongVector.zero(SPECIES);
    LongVector a19 = LongVector.zero(SPECIES);
    LongVector a20 = LongVector.zero(SPECIES);
    LongVector a21 = LongVector.zero(SPECIES);
    LongVector a22 = LongVector.zero(SPECIES);
    LongVector a23 = LongVector.zero(SPECIES);
    LongVector a24 = LongVector.zero(SPECIES);
    for (long constant : ROUND_CONSTANTS) {
      LongVector c0 = a0.lanewise(XOR, a5).lanewise(XOR, a10).lanewise(XOR, a15).lanewise(XOR, a20);
      LongVector c1 = a1.lanewise(XOR, a6).lanewise(XOR, a11).lanewise(XOR, a16).lanewise(XOR, a21);
      LongVector c2 = a2.lanewise(XOR, a7).lanewise(XOR, a12).lanewise(XOR, a17).lanewise(XOR, a22);
      LongVector c3 = a3.lanewise(XOR, a8).lanewise(XOR, a13).lanewise(XOR, a18).lanewise(XOR, a23);
      LongVector c4 = a4.lanewise(XOR, a9).lanewise(XOR, a14).lanewise(XOR, a19).lanewise(XOR, a24);
      LongVector d0 = c4.lanewise(XOR, c1.lanewise(ROL, 1));
      LongVector d1 = c0.lanewise(XOR, c2.lanewise(ROL, 1));
      LongVector d2 = c1.lanewise(XOR, c3.lanewise(ROL, 1));
      LongVector d3 = c2.lanewise(XOR, c4.lanewise(ROL, 1));
      LongVector d4 = c3.lanewise(XOR, c0.lanewise(ROL, 1));
      LongVector b0 = a0.lanewise(XOR, d0);
      LongVector b1 = a6.lanewise(XOR, d1).lanewise(ROL, 44);
      LongVector b2 = a12.lanewise(XOR, d2).lanewise(ROL, 43);
      LongVector b3 = a18.lanewise(XOR, d3).lanewise(ROL, 21);
      LongVector b4 = a24.lanewise(XOR, d4).lanewise(ROL, 14);
      LongVector e0 = b0.lanewise(XOR, b1.lanewise(NOT).lanewise(AND, b2)).lanewise(XOR, constant);
      LongVector e1 = b1.lanewise(XOR, b2.lanewise(NOT).lanewise(AND, b3));
      LongVector e2 = b2.lanewise(XOR, b3.lanewise(NOT).lanewise(AND, b4));
      LongVector e3 = b3.lanewise(XOR, b4.lanewise(NOT).lanewise(AND, b0));
      LongVector e4 = b4.lanewise(XOR, b0.lanewise(NOT).lanewise(AND, b1));
      b0 = a3.lanewise(XOR, d3).lanewise(ROL, 28);
      b1 = a9.lanewise(XOR, d4).lanewise(ROL, 20);
      b2 = a10.lanewise(XOR, d0).lanewise(ROL, 3);
      b3 = a16.lanewise(XOR, d1).lanewise(ROL, 45);
      b4 = a22.lanewise(XOR, d2).lanewise(ROL, 61);
      LongVector e5 = b0.lanewise(XOR, b1.lanewise(NOT).lanewise(AND, b2));
      LongVector e6 = b1.lanewise(XOR, b2.lanewise(NOT).lanewise(AND, b3));
      LongVector e7 = b2.lanewise(XOR, b3.lanewise(NOT).lanewise(AND, b4));
      LongVector e8 = b3.lanewise(XOR, b4.lanewise(NOT).lanewise(AND, b0));
      LongVector e9 = b4.lanewise(XOR, b0.lanewise(NOT).lanewise(AND, b1));
      b0 = a1.lanewise(XOR, d1).lanewise(ROL, 1);
      b1 = a7.lanewise(XOR, d2).lanewise(ROL, 6);
      b2 = a13.lanewise(XOR, d3).lanewise(ROL, 25);
      b3 = a19.lanewise(XOR, d4).lanewise(ROL, 8);
      b4 = a20.lanewise(XOR, d0).lanewise(ROL, 18);
      LongVector e10 = b0.lanewise(XOR, b1.lanewise(NOT).lanewise(AND, b2));
      LongVector e11 = b1.lanewise(XOR, b2.lanewise(NOT).lanewise(AND, b3));
      LongVector e12 = b2.lanewise(XOR, b3.lanewise(NOT).lanewise(AND, b4));
      LongVector e13 = b3.lanewise(XOR, b4.lanewise(NOT).lanewise(AND, b0));
      LongVector e14 = b4.lanewise(XOR, b0.lanewise(NOT).lanewise(AND, b1));
      b0 = a4.lanewise(XOR, d4).lanewise(ROL, 27);
      b1 = a5.lanewise(XOR, d0).lanewise(ROL, 36);
      b2 = a11.lanewise(XOR, d1).lanewise(ROL, 10);
      b3 = a17.lanewise(XOR, d2).lanewise(ROL, 15);
      b4 = a23.lanewise(XOR, d3).lanewise(ROL, 56);
      LongVector e15 = b0.lanewise(XOR, b1.lanewise(NOT).lanewise(AND, b2));
      LongVector e16 = b1.lanewise(XOR, b2.lanewise(NOT).lanewise(AND, b3));
      LongVector e17 = b2.lanewise(XOR, b3.lanewise(NOT).lanewise(AND, b4));
      LongVector e18 = b3.lanewise(XOR, b4.lanewise(NOT).lanewise(AND, b0));
      LongVector e19 = b4.lanewise(XOR, b0.lanewise(NOT).lanewise(AND, b1));
      b0 = a2.lanewise(XOR, d2).lanewise(ROL, 62);
      b1 = a8.lanewise(XOR, d3).lanewise(ROL, 55);
      b2 = a14.lanewise(XOR, d4).lanewise(ROL, 39);
      b3 = a15.lanewise(XOR, d0).lanewise(ROL, 41);
      b4 = a21.lanewise(XOR, d1).lanewise(ROL, 2);
      LongVector e20 = b0.lanewise(XOR, b1.lanewise(NOT).lanewise(AND, b2));
      LongVector e21 = b1.lanewise(XOR, b2.lanewise(NOT).lanewise(AND, b3));
      LongVector e22 = b2.lanewise(XOR, b3.lanewise(NOT).lanewise(AND, b4));
      LongVector e23 = b3.lanewise(XOR, b4.lanewise(NOT).lanewise(AND, b0));
      LongVector e24 = b4.lanewise(XOR, b0.lanewise(NOT).lanewise(AND, b1));
      a0 = e0;
      a1 = e1;
      a2 = e2;
      a3 = e3;
      a4 = e4;
      a5 = e5;
      a6 = e6;
      a7 = e7;
      a8 = e8;
      a9 = e9;
      a10 = e10;
      a11 = e11;
      a12 = e12;
      a13 = e13;
      a14 = e14;
      a15 = e15;
      a16 = e16;
      a17 = e17;
      a18 = e18;
      a19 = e19;
      a20 = e20;
      a21 = e21;
      a22 = e22;
      a23 = e23;
      a24 = e24;
    }
    a0.intoArray(hashes, 0);
    a1.intoArray(hashes, LANES);
    a2.intoArray(hashes, 2 * LANES);
    a3.intoArray(hashes, 3 * LANES);
  }
}
