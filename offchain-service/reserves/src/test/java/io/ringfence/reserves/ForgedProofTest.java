package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.reserves.Verification.Check;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code sumProven}: nothing but a leaf of the tree has a proof, and its sums are within the root's. */
class ForgedProofTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  static IntStream sizes() {
    return IntStream.of(1, 2, 3, 5, 6, 8, 13);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void anyFlippedBitOfTheLeafIsRejected(int accounts) {
    List<Leaf> slots = filled(accounts);
    SumTree tree = SumTree.ofSlots(slots);
    for (Leaf leaf : slots) {
      List<SumNode> siblings = tree.proof(leaf.index()).siblings();
      for (int bit = 0; bit < Leaf.PACKED_LENGTH * 8; bit++) {
        Leaf forged = unpackWithFlippedBit(leaf, bit);
        if (forged != null) {
          assertThat(Proof.of(forged, siblings).verify(accounts, tree.root()).isVerified()).as("leaf %s, bit %s", leaf, bit).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void anyFlippedBitOfASiblingIsRejected(int accounts) {
    List<Leaf> slots = filled(accounts);
    SumTree tree = SumTree.ofSlots(slots);
    for (Leaf leaf : slots) {
      Proof proof = tree.proof(leaf.index());
      for (int level = 0; level < proof.siblings().size(); level++) {
        for (int bit = 0; bit < SumNode.PACKED_LENGTH * 8; bit++) {
          List<SumNode> siblings = new ArrayList<>(proof.siblings());
          siblings.set(level, withFlippedBit(siblings.get(level), bit));
          assertThat(Proof.of(leaf, siblings).verify(accounts, tree.root()).isVerified()).as("level %s, bit %s", level, bit).isFalse();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void anyFlippedBitOfTheRootIsRejected(int accounts) {
    SumTree tree = SumTree.ofSlots(filled(accounts));
    Proof proof = tree.proof(accounts / 2);
    for (int bit = 0; bit < SumNode.PACKED_LENGTH * 8; bit++) {
      Check expected =
          bit < 256 ? Check.ROOT_MISMATCH : bit < 384 ? Check.TOTAL_CREDIT_MISMATCH : Check.TOTAL_DEBIT_MISMATCH;
      assertRejected(proof.verify(accounts, withFlippedBit(tree.root(), bit)), expected);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void anotherIndexIsRejected(int accounts) {
    SumTree tree = SumTree.ofSlots(filled(accounts));
    for (int index = 0; index < accounts; index++) {
      Proof proof = tree.proof(index);
      for (int other = -1; other <= 2 * accounts + 1; other++) {
        if (other != index) {
          Proof moved = new Proof(other, proof.leaf(), proof.siblings());
          Check expected = other < 0 || other >= accounts ? Check.INDEX_OUT_OF_RANGE : Check.ROOT_MISMATCH;
          assertRejected(moved.verify(accounts, tree.root()), expected);
        }
      }
      Proof alias = new Proof(index + (1L << 32), proof.leaf(), proof.siblings());
      assertRejected(alias.verify(accounts, tree.root()), Check.INDEX_OUT_OF_RANGE);
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void pathsOfAnotherLengthAreRejected(int accounts) {
    SumTree tree = SumTree.ofSlots(filled(accounts));
    Proof proof = tree.proof(0);
    List<SumNode> longer = new ArrayList<>(proof.siblings());
    longer.add(SumTree.emptySubtree(tree.depth()));
    assertRejected(new Proof(0, proof.leaf(), longer).verify(accounts, tree.root()), Check.WRONG_DEPTH);
    if (tree.depth() > 0) {
      List<SumNode> shorter = proof.siblings().subList(0, tree.depth() - 1);
      assertRejected(new Proof(0, proof.leaf(), shorter).verify(accounts, tree.root()), Check.WRONG_DEPTH);
    }
  }

  @Test
  void anInnerNodeIsNoLeaf() {
    SumTree tree = SumTree.ofSlots(filled(8));
    List<SumNode> siblings = tree.proof(0).siblings();
    SumNode inner = RandomTrees.parent(tree.proof(0).leaf(), siblings.getFirst());
    assertRejected(new Proof(0, inner, siblings.subList(1, 3)).verify(8, tree.root()), Check.WRONG_DEPTH);
  }

  @Test
  void swappedSiblingsAreRejected() {
    SumTree tree = SumTree.ofSlots(filled(8));
    Proof proof = tree.proof(3);
    assertRejected(new Proof(3, proof.leaf(), proof.siblings().reversed()).verify(8, tree.root()), Check.ROOT_MISMATCH);
  }

  @Test
  void nothingIsInATreeWithoutAccounts() {
    assertRejected(new Proof(0, SumNode.EMPTY, List.of()).verify(0, SumNode.EMPTY), Check.INDEX_OUT_OF_RANGE);
  }

  @Test
  void sumsInAnEmptyLeafAreRejectedEvenUnderARootThatHasThem() {
    SumNode honest = RandomTrees.leaf(new Random(3), 0).node();
    for (SumNode phantom : List.of(node(Hash.ZERO, "100", "0"), node(Hash.ZERO, "0", "100"))) {
      SumNode root = RandomTrees.parent(honest, phantom);
      assertRejected(new Proof(0, honest, List.of(phantom)).verify(2, root), Check.PHANTOM_SUM);
      assertRejected(new Proof(1, phantom, List.of(honest)).verify(2, root), Check.PHANTOM_SUM);
    }
  }

  @Test
  void sumsOfAnEmptyHashHigherUpAreRejectedToo() {
    SumNode honest = RandomTrees.leaf(new Random(3), 0).node();
    SumNode phantom = node(Hash.ZERO, "100", "0");
    SumNode root = RandomTrees.parent(RandomTrees.parent(honest, SumNode.EMPTY), phantom);
    assertRejected(new Proof(0, honest, List.of(SumNode.EMPTY, phantom)).verify(3, root), Check.PHANTOM_SUM);
  }

  @Test
  void aSiblingThatWrapsTheSumIsRejectedEvenUnderARootThatWraps() {
    Random random = new Random(4);
    Hash hash = Hash.of(RandomTrees.bytes(random, 32));
    SumNode wrapping = new SumNode(hash, MODULUS.subtract(BigInteger.valueOf(100)), BigInteger.ZERO);
    SumNode leaf = node(Hash.of(RandomTrees.bytes(random, 32)), "200", "0");
    SumNode root = RandomTrees.parent(leaf, wrapping);
    assertThat(root.credit()).isEqualTo(BigInteger.valueOf(100));
    assertRejected(new Proof(0, leaf, List.of(wrapping)).verify(2, root), Check.SUM_OVERFLOW);

    SumNode debits = new SumNode(hash, BigInteger.ZERO, MODULUS.subtract(BigInteger.valueOf(100)));
    SumNode debtor = node(leaf.hash(), "0", "200");
    assertRejected(new Proof(1, debtor, List.of(debits)).verify(2, RandomTrees.parent(debits, debtor)), Check.SUM_OVERFLOW);
  }

  @Test
  void aSumOfExactlyTheLargestIsAccepted() {
    Random random = new Random(5);
    SumNode sibling =
        new SumNode(Hash.of(RandomTrees.bytes(random, 32)), MODULUS.subtract(BigInteger.valueOf(101)), BigInteger.ZERO);
    SumNode leaf = node(Hash.of(RandomTrees.bytes(random, 32)), "100", "0");
    assertThat(new Proof(0, leaf, List.of(sibling)).verify(2, RandomTrees.parent(leaf, sibling)).isVerified()).isTrue();
  }

  @Test
  void leavesThatNoLeafCanBeAreRejected() {
    Hash hash = Hash.of(RandomTrees.bytes(new Random(6), 32));
    SumNode both = node(hash, "1", "1");
    assertRejected(new Proof(0, both, List.of()).verify(1, both), Check.LEAF_BOTH_SIDES);
    SumNode wide = new SumNode(hash, BigInteger.ZERO, BigInteger.ONE.shiftLeft(96));
    assertRejected(new Proof(0, wide, List.of()).verify(1, wide), Check.LEAF_OUT_OF_RANGE);
  }

  @Test
  void aHeaderThatHidesAnAccountHasNoBoundaryProof() {
    for (int accounts : new int[] {4, 6, 7, 8, 12, 13}) {
      SumTree tree = SumTree.ofSlots(filled(accounts));
      int stated = accounts - 1;
      if (SumTree.depth(stated) == tree.depth()) {
        Proof hidden = tree.proof(stated);
        assertRejected(hidden.verifyBoundary(stated, tree.root()), Check.NOT_EMPTY);
        Proof denied = new Proof(stated, SumNode.EMPTY, hidden.siblings());
        assertThat(denied.verifyBoundary(stated, tree.root()).isVerified()).isFalse();
      }
    }
  }

  @Test
  void accountsFurtherToTheRightAreSeenByTheBoundaryProof() {
    List<Leaf> slots = new ArrayList<>(filled(5));
    slots.addAll(Arrays.asList(null, null, RandomTrees.leaf(new Random(9), 7)));
    SumTree tree = SumTree.ofSlots(slots);
    assertRejected(tree.proof(5).verifyBoundary(5, tree.root()), Check.NOT_EMPTY);
  }

  @Test
  void boundaryProofsOfAnotherShapeAreRejected() {
    SumTree tree = SumTree.ofSlots(filled(5));
    Proof boundary = tree.boundaryProof().orElseThrow();
    assertThat(boundary.verifyBoundary(5, tree.root()).isVerified()).isTrue();
    assertRejected(boundary.verifyBoundary(6, tree.root()), Check.NOT_THE_BOUNDARY);
    assertRejected(boundary.verifyBoundary(8, tree.root()), Check.NOT_THE_BOUNDARY);
    assertRejected(boundary.verifyBoundary(0, tree.root()), Check.NOT_THE_BOUNDARY);
    Proof shorter = new Proof(5, SumNode.EMPTY, boundary.siblings().subList(0, 2));
    assertRejected(shorter.verifyBoundary(5, tree.root()), Check.WRONG_DEPTH);
    assertRejected(boundary.verify(5, tree.root()), Check.INDEX_OUT_OF_RANGE);
    for (int bit = 0; bit < SumNode.PACKED_LENGTH * 8; bit++) {
      assertThat(boundary.verifyBoundary(5, withFlippedBit(tree.root(), bit)).isVerified()).isFalse();
    }
  }

  @Test
  void packedSiblingsAreSixtyFourBytesEach() {
    SumTree tree = SumTree.ofSlots(filled(5));
    Proof proof = tree.proof(4);
    byte[] packed = proof.packedSiblings();
    assertThat(packed).hasSize(3 * 64);
    SumNode last = proof.siblings().getLast();
    assertThat(Hash.of(Arrays.copyOfRange(packed, 128, 160))).isEqualTo(last.hash());
    assertThat(new BigInteger(1, packed, 160, 16)).isEqualTo(last.credit());
    assertThat(new BigInteger(1, packed, 176, 16)).isEqualTo(last.debit());
  }

  private static List<Leaf> filled(int accounts) {
    Random random = new Random(accounts);
    return IntStream.range(0, accounts).mapToObj(index -> RandomTrees.leaf(random, index)).toList();
  }

  private static SumNode node(Hash hash, String credit, String debit) {
    return new SumNode(hash, new BigInteger(credit), new BigInteger(debit));
  }

  private static SumNode withFlippedBit(SumNode node, int bit) {
    byte[] packed = new byte[SumNode.PACKED_LENGTH];
    node.packInto(packed, 0);
    packed[bit / 8] ^= (byte) (1 << bit % 8);
    return new SumNode(Hash.of(Arrays.copyOfRange(packed, 0, 32)), new BigInteger(1, packed, 32, 16), new BigInteger(1, packed, 48, 16));
  }

  /** The leaf with one bit of its packed form flipped; null if no leaf has that form. */
  private static Leaf unpackWithFlippedBit(Leaf leaf, int bit) {
    byte[] packed = leaf.packed();
    packed[bit / 8] ^= (byte) (1 << bit % 8);
    try {
      return new Leaf(
          new BigInteger(1, packed, 0, 4).longValueExact(),
          Address.of(Arrays.copyOfRange(packed, 4, 24)),
          new BigInteger(1, packed, 24, 12),
          new BigInteger(1, packed, 36, 12),
          new BigInteger(1, packed, 48, 12),
          new BigInteger(1, packed, 60, 12),
          Hash.of(Arrays.copyOfRange(packed, 72, 104)),
          Salt.of(Arrays.copyOfRange(packed, 104, 120)));
    } catch (LeafFormatException creditAndDebit) {
      assertThat(creditAndDebit.field()).isEqualTo("debit");
      return null;
    }
  }

  private static void assertRejected(Verification result, Check check) {
    assertThat(result)
        .isInstanceOfSatisfying(Verification.Rejected.class, rejected -> assertThat(rejected.check()).isEqualTo(check));
  }
}
