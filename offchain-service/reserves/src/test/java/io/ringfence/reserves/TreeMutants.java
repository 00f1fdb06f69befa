package io.ringfence.reserves;

import io.ringfence.reserves.TreeClaim.Kind;
import io.ringfence.reserves.TreeClaim.Part;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Claims with one thing wrong. */
final class TreeMutants {
  private static final int CREDIT = 24;
  private static final int DEBIT = 36;

  private final TreeClaim claim;
  private final Random random;
  private final List<Mutation> mutations = new ArrayList<>();

  private TreeMutants(TreeClaim claim, Random random) {
    this.claim = claim;
    this.random = random;
  }

  /**
   * One change to one part: first its length, cut or filled with zeros, then the bytes from a place on.
   *
   * @param length of the part afterwards
   * @param at where {@code set} is written
   */
  record Mutation(Part part, int length, int at, byte[] set) {
    TreeClaim of(TreeClaim claim) {
      byte[] bytes = Arrays.copyOf(claim.part(part), length);
      System.arraycopy(set, 0, bytes, at, set.length);
      return claim.with(part, bytes);
    }
  }

  static List<Mutation> of(TreeClaim claim, Random random) {
    TreeMutants mutants = new TreeMutants(claim, random);
    mutants.head();
    if (claim.leaves().length != 0) {
      mutants.leaves();
    }
    mutants.siblings();
    return mutants.mutations;
  }

  private void head() {
    flip(Part.HEAD, 8, 32);
    flip(Part.HEAD, 40, 16);
    flip(Part.HEAD, 56, 16);
    int accounts = ByteBuffer.wrap(claim.head()).getInt(0);
    int first = ByteBuffer.wrap(claim.head()).getInt(4);
    write(Part.HEAD, 0, word(2 * accounts));
    switch (claim.kind()) {
      case INCLUSION -> write(Part.HEAD, 0, word(first));
      case RANGE -> {
        write(Part.HEAD, 0, word(first));
        write(Part.HEAD, 4, word(first + 1));
        write(Part.HEAD, 4, word(first + accounts));
      }
      case BOUNDARY -> {
        write(Part.HEAD, 0, word(Integer.highestOneBit(accounts)));
        write(Part.HEAD, 0, word(0));
      }
    }
  }

  private void leaves() {
    int count = claim.leaves().length / Leaf.PACKED_LENGTH;
    int leaf = random.nextInt(count) * Leaf.PACKED_LENGTH;
    flip(Part.LEAVES, 0, claim.leaves().length);
    flip(Part.LEAVES, leaf, 4);
    flip(Part.LEAVES, leaf + CREDIT, 24);
    flip(Part.LEAVES, leaf + 48, 72);
    if (!isReleased(leaf)) {
      byte[] both = new byte[24];
      both[11] = 1;
      both[23] = 1;
      write(Part.LEAVES, leaf + CREDIT, both);
    }
    if (claim.kind() == Kind.RANGE) {
      if (!isReleased(leaf)) {
        write(Part.LEAVES, leaf + 4, new byte[20]);
        write(Part.LEAVES, leaf, new byte[Leaf.PACKED_LENGTH]);
      }
      if (count > 1) {
        resize(Part.LEAVES, claim.leaves().length - Leaf.PACKED_LENGTH);
      }
      resize(Part.LEAVES, claim.leaves().length + Leaf.PACKED_LENGTH);
    }
  }

  private void siblings() {
    int length = claim.siblings().length;
    resize(Part.SIBLINGS, length + SumNode.PACKED_LENGTH);
    if (length == 0) {
      return;
    }
    resize(Part.SIBLINGS, length - SumNode.PACKED_LENGTH);
    int sibling = random.nextInt(length / SumNode.PACKED_LENGTH) * SumNode.PACKED_LENGTH;
    flip(Part.SIBLINGS, sibling, 32);
    flip(Part.SIBLINGS, sibling + 32, 32);
    byte[] phantom = new byte[SumNode.PACKED_LENGTH];
    phantom[random.nextBoolean() ? 47 : 63] = 1;
    write(Part.SIBLINGS, sibling, phantom);
    // 2^128 - 100, in one half or the other.
    byte[] near = new byte[16];
    Arrays.fill(near, (byte) 0xff);
    near[15] = (byte) (0x100 - 100);
    write(Part.SIBLINGS, sibling + 32, near);
    write(Part.SIBLINGS, sibling + 48, near);
  }

  private boolean isReleased(int leaf) {
    return Arrays.equals(
        Arrays.copyOfRange(claim.leaves(), leaf, leaf + Leaf.PACKED_LENGTH), new byte[Leaf.PACKED_LENGTH]);
  }

  private void flip(Part part, int from, int length) {
    int at = from + random.nextInt(length);
    write(part, at, new byte[] {(byte) (claim.part(part)[at] ^ 1 << random.nextInt(8))});
  }

  private void write(Part part, int at, byte[] set) {
    mutations.add(new Mutation(part, claim.part(part).length, at, set));
  }

  private void resize(Part part, int length) {
    mutations.add(new Mutation(part, length, 0, new byte[0]));
  }

  private static byte[] word(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }
}
