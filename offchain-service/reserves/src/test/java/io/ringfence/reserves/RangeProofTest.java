package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.reserves.Verification.Check;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code sumProven} over a range: every leaf of it, each once and in its place, and within the root's sums. */
class RangeProofTest {
  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);

  @Test
  void everyRangeOfEveryTreeVerifies() {
    for (int accounts = 1; accounts <= 17; accounts++) {
      List<Leaf> slots = RandomTrees.slots(new Random(accounts), accounts);
      SumTree tree = SumTree.ofSlots(slots);
      for (int first = 0; first < accounts; first++) {
        for (int end = first + 1; end <= accounts; end++) {
          RangeProof proof = tree.rangeProof(first, slots.subList(first, end));
          assertThat(proof.verify(accounts, tree.root())).as("%s to %s of %s", first, end, accounts).isEqualTo(new Verification.Verified());
        }
      }
    }
  }

  @Test
  void aRangeOfOneHasTheSiblingsOfAPath() {
    List<Leaf> slots = RandomTrees.slots(new Random(1), 13);
    SumTree tree = SumTree.ofSlots(slots);
    for (int index = 0; index < 13; index++) {
      assertThat(tree.rangeProof(index, slots.subList(index, index + 1)).siblings()).isEqualTo(tree.proof(index).siblings());
    }
  }

  @Test
  void leavesArePackedOneAfterTheOtherAndReleasedOnesAreZero() {
    List<Leaf> slots = Arrays.asList(leaf(0), null, leaf(2));
    byte[] packed = SumTree.ofSlots(slots).rangeProof(0, slots).packedLeaves();
    assertThat(packed).hasSize(360);
    assertThat(Arrays.copyOfRange(packed, 0, 120)).isEqualTo(leaf(0).packed());
    assertThat(Arrays.copyOfRange(packed, 120, 240)).containsOnly(0);
    assertThat(Arrays.copyOfRange(packed, 240, 360)).isEqualTo(leaf(2).packed());
  }

  @Test
  void leavesThatAreNotTheTreesMakeNoProof() {
    List<Leaf> slots = filled(9);
    SumTree tree = SumTree.ofSlots(slots);
    assertThatThrownBy(() -> tree.rangeProof(2, Arrays.asList(slots.get(2), null)))
        .isInstanceOf(WireFormatException.class).hasMessageStartingWith("leaves[1]");
    assertThatThrownBy(() -> tree.rangeProof(8, slots.subList(0, 2))).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.rangeProof(-1, slots.subList(0, 2))).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> tree.rangeProof(2, List.of())).isInstanceOf(WireFormatException.class);
  }

  @Test
  void gapsOverlapsAndOtherOrdersAreRejected() {
    List<Leaf> slots = filled(9);
    RangeProof proof = SumTree.ofSlots(slots).rangeProof(2, slots.subList(2, 5));
    assertRejected(with(proof, List.of(slots.get(2), slots.get(4), slots.get(5))), Check.INDEX_NOT_IN_PLACE);
    assertRejected(with(proof, List.of(slots.get(2), slots.get(3), slots.get(3))), Check.INDEX_NOT_IN_PLACE);
    assertRejected(with(proof, List.of(slots.get(3), slots.get(2), slots.get(4))), Check.INDEX_NOT_IN_PLACE);
    assertRejected(new RangeProof(3, proof.slots(), proof.siblings()), Check.INDEX_NOT_IN_PLACE);
    assertRejected(with(proof, Arrays.asList(slots.get(2), null, slots.get(4))), Check.ROOT_MISMATCH);
  }

  @Test
  void aRangePastTheAccountsIsRejected() {
    List<Leaf> slots = filled(9);
    SumTree tree = SumTree.ofSlots(slots);
    Verification result = tree.rangeProof(6, slots.subList(6, 9)).verify(8, tree.root());
    assertRejected(result, Check.INDEX_OUT_OF_RANGE);
  }

  @Test
  void pathsOfAnotherLengthOrOrderAreRejected() {
    List<Leaf> slots = filled(9);
    RangeProof proof = SumTree.ofSlots(slots).rangeProof(3, slots.subList(3, 5));
    List<SumNode> siblings = proof.siblings();
    List<SumNode> longer = new ArrayList<>(siblings);
    longer.add(SumNode.EMPTY);
    assertRejected(new RangeProof(3, proof.slots(), longer), Check.WRONG_DEPTH);
    assertRejected(new RangeProof(3, proof.slots(), siblings.subList(1, siblings.size())), Check.WRONG_DEPTH);
    List<SumNode> swapped = new ArrayList<>(siblings);
    swapped.set(0, siblings.get(1));
    swapped.set(1, siblings.get(0));
    assertRejected(new RangeProof(3, proof.slots(), swapped), Check.ROOT_MISMATCH);
  }

  @Test
  void aLeafWithoutAnAccountIsRejected() {
    Leaf leaf = leaf(0);
    Leaf nobody =
        new Leaf(0, Address.ZERO, leaf.credit(), leaf.debit(), leaf.initialMargin(), leaf.maintenanceMargin(),
            leaf.positionsHash(), leaf.salt());
    assertRejected(new RangeProof(0, List.of(nobody), List.of()).verify(1, nobody.node()), Check.LEAF_WITHOUT_ACCOUNT);
  }

  @Test
  void phantomSumsAndWrappingSumsAreRejectedEvenUnderARootThatHasThem() {
    List<Leaf> slots = filled(2);
    SumNode phantom = new SumNode(Hash.ZERO, BigInteger.ONE, BigInteger.ZERO);
    RangeProof beside = new RangeProof(0, slots.subList(0, 1), List.of(phantom));
    assertRejected(beside.verify(2, RandomTrees.parent(slots.get(0).node(), phantom)), Check.PHANTOM_SUM);

    Leaf creditor = leafOf(0, BigInteger.valueOf(200));
    SumNode wrapping = new SumNode(slots.get(1).hash(), MODULUS.subtract(BigInteger.valueOf(100)), BigInteger.ZERO);
    RangeProof wrapped = new RangeProof(0, List.of(creditor), List.of(wrapping));
    assertRejected(wrapped.verify(2, RandomTrees.parent(creditor.node(), wrapping)), Check.SUM_OVERFLOW);
  }

  private static Leaf leafOf(long index, BigInteger net) {
    Leaf leaf = leaf(index);
    return Leaf.ofNet(index, leaf.account(), net, leaf.initialMargin(), leaf.maintenanceMargin(), leaf.positionsHash(), leaf.salt());
  }

  private static Leaf leaf(long index) {
    return RandomTrees.leaf(new Random(index), index);
  }

  private static List<Leaf> filled(int accounts) {
    List<Leaf> slots = new ArrayList<>();
    for (int index = 0; index < accounts; index++) {
      slots.add(leaf(index));
    }
    return slots;
  }

  private static RangeProof with(RangeProof proof, List<Leaf> slots) {
    return new RangeProof(proof.first(), slots, proof.siblings());
  }

  private static void assertRejected(RangeProof proof, Check check) {
    assertRejected(proof.verify(9, SumTree.ofSlots(filled(9)).root()), check);
  }

  private static void assertRejected(Verification result, Check check) {
    assertThat(result)
        .isInstanceOfSatisfying(Verification.Rejected.class, rejected -> assertThat(rejected.check()).isEqualTo(check));
  }
}
