package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A tree that is updated, and taken back, is the tree that would have been built; every node of it. */
class SumTreeUpdateTest {

  private static LeafSource source(List<Leaf> slots) {
    return (index, target) -> {
      if (slots.get(index) == null) {
        return false;
      }
      System.arraycopy(slots.get(index).packed(), 0, target, 0, Leaf.PACKED_LENGTH);
      return true;
    };
  }

  /** Every node is some proof's sibling, or the root; and the boundary's are on a path as well. */
  private static void assertSame(SumTree tree, SumTree expected) {
    assertThat(tree.accounts()).isEqualTo(expected.accounts());
    assertThat(tree.depth()).isEqualTo(expected.depth());
    assertThat(tree.root()).isEqualTo(expected.root());
    assertThat(tree.boundaryProof()).isEqualTo(expected.boundaryProof());
    for (int index = 0; index < expected.accounts(); index++) {
      assertThat(tree.proof(index)).isEqualTo(expected.proof(index));
    }
  }

  /** Changes, releases and adds some of the slots; returns the indices of those that were there, in no order, some twice. */
  private static int[] change(List<Leaf> slots, Random random, int most) {
    int[] dirty = slots.isEmpty() ? new int[0] : random.ints(random.nextInt(6), 0, slots.size()).toArray();
    for (int index : dirty) {
      slots.set(index, random.nextInt(4) == 0 ? null : RandomTrees.leaf(random, index));
    }
    int added = random.nextInt(3) == 0 ? random.nextInt(most) : 0;
    for (int i = 0; i < added; i++) {
      slots.add(random.nextInt(4) == 0 ? null : RandomTrees.leaf(random, slots.size()));
    }
    return dirty;
  }

  @ParameterizedTest
  @EnumSource(HashPath.class)
  void updatesLeadToTheTreeOfTheirLeaves(HashPath path) {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<Leaf> slots = RandomTrees.slots(random, random.nextInt(20));
      SumTree tree = SumTree.of(slots.size(), source(slots), path);
      for (int step = 0; step < 12; step++) {
        int[] dirty = change(slots, random, 9);
        tree.update(slots.size(), dirty, source(slots));
        assertSame(tree, SumTree.ofSlots(slots));
      }
    }
  }

  @Test
  void rollbacksLeadToTheTreeOfTheirSnapshot() {
    record Kept(TreeSnapshot snapshot, List<Leaf> slots) {}
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      List<Leaf> slots = RandomTrees.slots(random, random.nextInt(12));
      SumTree tree = SumTree.ofSlots(slots);
      List<Kept> kept = new ArrayList<>();
      for (int step = 0; step < 30; step++) {
        switch (random.nextInt(5)) {
          case 0 -> kept.add(new Kept(tree.snapshot(), new ArrayList<>(slots)));
          case 1 -> {
            if (!kept.isEmpty()) {
              int chosen = random.nextInt(kept.size());
              tree.rollback(kept.get(chosen).snapshot());
              slots = new ArrayList<>(kept.get(chosen).slots());
              assertSame(tree, SumTree.ofSlots(slots));
              kept.subList(chosen + 1, kept.size()).clear();
            }
          }
          case 2 -> {
            if (!kept.isEmpty() && random.nextInt(3) == 0) {
              int chosen = random.nextInt(kept.size());
              tree.forgetBefore(kept.get(chosen).snapshot());
              kept.subList(0, chosen).clear();
            }
          }
          default -> {
            int[] dirty = change(slots, random, 6);
            tree.update(slots.size(), dirty, source(slots));
            assertSame(tree, SumTree.ofSlots(slots));
          }
        }
      }
    }
  }

  @Test
  void vectorsAndScalarsBuildOneTree() {
    Random random = new Random(5);
    int accounts = 5003;
    List<Leaf> slots = RandomTrees.slots(random, accounts);
    SumTree vectors = SumTree.of(accounts, source(slots), HashPath.VECTOR);
    SumTree scalars = SumTree.of(accounts, source(slots), HashPath.SCALAR);
    assertSame(vectors, scalars);
    assertThat(vectors.root()).isEqualTo(RandomTrees.referenceRoot(slots));
    int[] dirty = random.ints(700, 0, accounts).toArray();
    for (int index : dirty) {
      slots.set(index, RandomTrees.leaf(random, index));
    }
    vectors.update(accounts, dirty, source(slots));
    scalars.update(accounts, dirty, source(slots));
    assertSame(vectors, scalars);
    assertThat(vectors.root()).isEqualTo(RandomTrees.referenceRoot(slots));
  }

  @ParameterizedTest
  @EnumSource(HashPath.class)
  void whatIsRefusedChangesNothing(HashPath path) {
    Random random = new Random(9);
    List<Leaf> slots = IntStream.range(0, 11).mapToObj(index -> RandomTrees.leaf(random, index)).toList();
    SumTree tree = SumTree.of(11, source(slots), path);
    Leaf other = RandomTrees.leaf(random, 4);
    byte[] bothSides = other.packed();
    bothSides[35] = 1;
    bothSides[47] = 1;
    assertThatThrownBy(() -> tree.update(11, new int[] {2, 3, 4},
            (index, target) -> copied(index == 4 ? bothSides : slots.get(index).packed(), target)))
        .isInstanceOf(LeafFormatException.class)
        .hasMessage("leaf 4, debit: credit and debit are both set, one must be 0");
    assertThatThrownBy(() -> tree.update(11, new int[] {2, 5}, (index, target) -> copied(other.packed(), target)))
        .isInstanceOf(LeafFormatException.class)
        .hasMessage("leaf 4, index: stands in slot 2, must stand in its own");
    assertThatThrownBy(() -> tree.update(12, new int[] {3}, (index, target) -> {
      throw new IllegalStateException("the source at " + index);
    })).isInstanceOf(IllegalStateException.class).hasMessage("the source at 3");
    assertThatThrownBy(() -> tree.update(10, new int[0], source(slots)))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("accounts: are 10 after 11; indices are released, never taken back");
    assertThatThrownBy(() -> tree.update(11, new int[] {11}, source(slots)))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("dirty: has index 11 in a tree of 11 accounts");
    assertThatThrownBy(() -> tree.update(11, new int[] {-1}, source(slots))).isInstanceOf(WireFormatException.class);
    assertThatThrownBy(() -> tree.update(SumTree.MAX_ACCOUNTS + 1, new int[0], source(slots))).isInstanceOf(WireFormatException.class);
    assertSame(tree, SumTree.ofSlots(slots));
    tree.update(11, new int[] {4}, (index, target) -> copied(other.packed(), target));
    List<Leaf> changed = new ArrayList<>(slots);
    changed.set(4, other);
    assertSame(tree, SumTree.ofSlots(changed));
  }

  @Test
  void aSnapshotOfAnotherStateIsRefused() {
    List<Leaf> slots = RandomTrees.slots(new Random(3), 6);
    SumTree tree = SumTree.ofSlots(slots);
    TreeSnapshot first = tree.snapshot();
    tree.update(6, new int[] {1}, (index, target) -> false);
    TreeSnapshot second = tree.snapshot();
    tree.update(6, new int[] {2}, (index, target) -> false);
    tree.rollback(first);
    assertThatThrownBy(() -> tree.rollback(second)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("was undone");
    tree.update(6, new int[] {3}, (index, target) -> false);
    TreeSnapshot third = tree.snapshot();
    tree.forgetBefore(third);
    assertThatThrownBy(() -> tree.rollback(first)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.forgetBefore(first)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> tree.rollback(SumTree.ofSlots(slots).snapshot())).isInstanceOf(IllegalArgumentException.class);
    tree.rollback(third);
    List<Leaf> expected = new ArrayList<>(slots);
    expected.set(3, null);
    assertSame(tree, SumTree.ofSlots(expected));
  }

  private static boolean copied(byte[] leaf, byte[] target) {
    System.arraycopy(leaf, 0, target, 0, leaf.length);
    return true;
  }
}
