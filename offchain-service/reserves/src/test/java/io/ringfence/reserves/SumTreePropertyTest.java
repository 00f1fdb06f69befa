package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every tree. */
class SumTreePropertyTest {
  static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(0, 34), IntStream.of(63, 64, 65, 127, 128, 129, 255, 257));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void rootIsThatOfThePlainestConstruction(int accounts) {
    List<Leaf> slots = RandomTrees.slots(new Random(accounts), accounts);
    assertThat(SumTree.ofSlots(slots).root()).isEqualTo(RandomTrees.referenceRoot(slots));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void totalsAreTheSumsOfTheLeaves(int accounts) {
    List<Leaf> slots = RandomTrees.slots(new Random(accounts), accounts);
    BigInteger credit = BigInteger.ZERO;
    BigInteger debit = BigInteger.ZERO;
    for (Leaf leaf : slots) {
      if (leaf != null) {
        credit = credit.add(leaf.credit());
        debit = debit.add(leaf.debit());
      }
    }
    SumNode root = SumTree.ofSlots(slots).root();
    assertThat(root.credit()).isEqualTo(credit);
    assertThat(root.debit()).isEqualTo(debit);
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everyProofVerifiesAndTheBoundaryDoes(int accounts) {
    List<Leaf> slots = RandomTrees.slots(new Random(accounts), accounts);
    SumTree tree = SumTree.ofSlots(slots);
    for (int index = 0; index < accounts; index++) {
      Proof proof = tree.proof(index);
      assertThat(proof.verify(accounts, tree.root())).isEqualTo(new Verification.Verified());
      if (slots.get(index) != null) {
        Proof opened = Proof.of(slots.get(index), proof.siblings());
        assertThat(opened).isEqualTo(proof);
      }
    }
    assertThat(tree.boundaryProof().isPresent()).isEqualTo(accounts > 0 && Integer.bitCount(accounts) != 1);
    tree.boundaryProof()
        .ifPresent(proof -> assertThat(proof.verifyBoundary(accounts, tree.root())).isEqualTo(new Verification.Verified()));
  }

  @Test
  void largestAmountsCarryIntoTheUpperHalfOfTheSums() {
    BigInteger most = BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE);
    Random random = new Random(96);
    List<Leaf> slots = new ArrayList<>();
    for (int index = 0; index < 200; index++) {
      Leaf leaf = RandomTrees.leaf(random, index);
      BigInteger net = index % 2 == 0 ? most : most.negate();
      slots.add(Leaf.ofNet(index, leaf.account(), net, most, most, leaf.positionsHash(), leaf.salt()));
    }
    SumTree tree = SumTree.ofSlots(slots);
    assertThat(tree.root()).isEqualTo(RandomTrees.referenceRoot(slots));
    assertThat(tree.root().credit()).isEqualTo(most.multiply(BigInteger.valueOf(100)));
    assertThat(tree.root().debit()).isEqualTo(most.multiply(BigInteger.valueOf(100)));
  }

  @Test
  void orderOfTheLeavesDoesNotMatter() {
    Random random = new Random(7);
    List<Leaf> slots = RandomTrees.slots(random, 29);
    List<Leaf> leaves = new ArrayList<>(slots.stream().filter(leaf -> leaf != null).toList());
    Collections.shuffle(leaves, random);
    assertThat(SumTree.of(29, leaves).root()).isEqualTo(SumTree.ofSlots(slots).root());
  }

  @Test
  void everyAccountReleasedLeavesTheEmptySubtree() {
    SumTree tree = SumTree.of(8, List.of());
    assertThat(tree.root()).isEqualTo(SumTree.emptySubtree(3));
    assertThat(SumTree.of(0, List.of()).root()).isEqualTo(SumNode.EMPTY);
  }

  @Test
  void depthOfTheWidestTrees() {
    assertThat(SumTree.depth(0)).isZero();
    assertThat(SumTree.depth(1)).isZero();
    assertThat(SumTree.depth(2)).isEqualTo(1);
    assertThat(SumTree.depth(1L << 31)).isEqualTo(31);
    assertThat(SumTree.depth((1L << 31) + 1)).isEqualTo(32);
    assertThat(SumTree.depth((1L << 32) - 1)).isEqualTo(32);
    assertThatThrownBy(() -> SumTree.depth(1L << 32)).isInstanceOf(WireFormatException.class).hasMessageContaining("accounts");
  }

  @Test
  void leavesThatDoNotFitTheTreeAreRefusedByIndex() {
    Random random = new Random(1);
    Leaf third = RandomTrees.leaf(random, 3);
    assertThatThrownBy(() -> SumTree.of(3, List.of(third)))
        .isInstanceOf(LeafFormatException.class)
        .hasMessage("leaf 3, index: must be below the number of accounts, 3");
    assertThatThrownBy(() -> SumTree.of(4, List.of(third, third)))
        .isInstanceOf(LeafFormatException.class)
        .hasMessage("leaf 3, index: is used by two leaves, must be used by one");
    assertThatThrownBy(() -> SumTree.ofSlots(List.of(third)))
        .isInstanceOf(LeafFormatException.class)
        .hasMessage("leaf 3, index: stands in slot 0, must stand in its own");
    assertThatThrownBy(() -> SumTree.of(-1, List.of())).isInstanceOf(WireFormatException.class).hasMessageStartingWith("accounts: is -1");
    assertThatThrownBy(() -> SumTree.of(SumTree.MAX_ACCOUNTS + 1, List.of())).isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> SumTree.of(3, List.of()).proof(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> SumTree.of(3, List.of()).proof(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
