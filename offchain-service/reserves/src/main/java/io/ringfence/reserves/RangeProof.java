package io.ringfence.reserves;

import io.ringfence.reserves.Verification.Check;
import io.ringfence.reserves.Verification.Rejected;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/**
 * Every leaf of a contiguous range of indices, released ones included, with the siblings that lead from all of them to the root.
 *
 * @param first index of the first leaf
 * @param slots one per index from {@code first} on, at least one; null for a released index
 * @param siblings bottom-up: on each level first the one to the left of the range, if the range's first node is a right child, then
 *     the one to its right, if its last node is a left child
 */
public record RangeProof(long first, List<Leaf> slots, List<SumNode> siblings) {
  private static final int NODE = SumNode.PACKED_LENGTH;

  /** Copies the lists. Throws {@link WireFormatException} naming a part that is missing or out of range. */
  public RangeProof {
    Unsigned.require32(first, "first");
    slots = Collections.unmodifiableList(new ArrayList<>(Required.present(slots, "slots")));
    if (slots.isEmpty()) {
      throw new WireFormatException("slots", "is empty, must have at least one leaf");
    }
    siblings = Required.allPresent(siblings, "siblings");
  }

  /** The leaves as the contracts take them: 120 bytes each, all zero for a released index. */
  public byte[] packedLeaves() {
    byte[] packed = new byte[slots.size() * Leaf.PACKED_LENGTH];
    for (int i = 0; i < slots.size(); i++) {
      Leaf leaf = slots.get(i);
      if (leaf != null) {
        System.arraycopy(leaf.packed(), 0, packed, i * Leaf.PACKED_LENGTH, Leaf.PACKED_LENGTH);
      }
    }
    return packed;
  }

  /** The siblings as the contracts take them: 64 bytes each, hash 32 | credit 16 | debit 16. */
  public byte[] packedSiblings() {
    byte[] packed = new byte[siblings.size() * NODE];
    for (int i = 0; i < siblings.size(); i++) {
      siblings.get(i).packInto(packed, i * NODE);
    }
    return packed;
  }

  /**
   * Checks that the leaves are those of their indices in the tree with this root, and their sums within the totals, by the rules that
   * the contracts apply.
   *
   * @param accounts the number of indices in the tree, 0 to 2^32-1, from the header
   * @param root the header's root, total credit and total debit
   */
  public Verification verify(long accounts, SumNode root) {
    int depth = SumTree.depth(accounts);
    long last = first + slots.size() - 1;
    if (last >= accounts) {
      return rejected(Check.INDEX_OUT_OF_RANGE, "indices " + first + " to " + last + " of " + accounts + " accounts");
    }
    List<SumNode> nodes = new ArrayList<>(slots.size());
    for (int i = 0; i < slots.size(); i++) {
      Leaf leaf = slots.get(i);
      if (leaf == null) {
        nodes.add(SumNode.EMPTY);
      } else if (leaf.account().isZero()) {
        return rejected(Check.LEAF_WITHOUT_ACCOUNT, "index " + (first + i) + " has no account, a released leaf is all zero");
      } else if (leaf.index() != first + i) {
        return rejected(Check.INDEX_NOT_IN_PLACE, "index " + leaf.index() + " stands where " + (first + i) + " belongs");
      } else {
        nodes.add(leaf.node());
      }
    }
    int needed = depth + Long.bitCount(first) - Long.bitCount(last);
    if (siblings.size() != needed) {
      return rejected(Check.WRONG_DEPTH, siblings.size() + " siblings, the range needs " + needed);
    }
    for (int i = 0; i < siblings.size(); i++) {
      if (Proof.isPhantom(siblings.get(i))) {
        return rejected(Check.PHANTOM_SUM, "sibling " + i + " has hash 0 and sums other than 0");
      }
    }
    return climb(nodes, last, depth, root);
  }

  private Verification climb(List<SumNode> leaves, long last, int depth, SumNode root) {
    Iterator<SumNode> next = siblings.iterator();
    List<SumNode> nodes = leaves;
    byte[] pair = new byte[2 * NODE];
    for (int level = 0; level < depth; level++) {
      List<SumNode> whole = new ArrayList<>(nodes.size() + 2);
      if ((first >> level & 1) == 1) {
        whole.add(next.next());
      }
      whole.addAll(nodes);
      if ((last >> level & 1) == 0) {
        whole.add(next.next());
      }
      List<SumNode> parents = new ArrayList<>(whole.size() / 2);
      for (int i = 0; i < whole.size(); i += 2) {
        SumNode left = whole.get(i);
        SumNode right = whole.get(i + 1);
        BigInteger credit = left.credit().add(right.credit());
        BigInteger debit = left.debit().add(right.debit());
        if (!Unsigned.fits(credit, SumNode.SUM_BITS) || !Unsigned.fits(debit, SumNode.SUM_BITS)) {
          return rejected(Check.SUM_OVERFLOW, "above level " + level);
        }
        left.packInto(pair, 0);
        right.packInto(pair, NODE);
        parents.add(new SumNode(Keccak.of(pair), credit, debit));
      }
      nodes = parents;
    }
    return Proof.compare(nodes.getFirst(), root);
  }

  private static Verification rejected(Check check, String detail) {
    return new Rejected(check, detail);
  }
}
