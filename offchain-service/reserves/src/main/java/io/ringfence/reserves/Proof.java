package io.ringfence.reserves;

import io.ringfence.reserves.Verification.Check;
import io.ringfence.reserves.Verification.Rejected;
import io.ringfence.reserves.Verification.Verified;
import java.math.BigInteger;
import java.util.List;

/**
 * A path through the tree from an index to the root.
 *
 * @param index where the path starts; bit k says whether the node at level k is the right (1) or the left (0) child
 * @param leaf the node at level 0: a leaf's hash, credit and debit, or the empty leaf
 * @param siblings the other child at each level, bottom-up
 */
public record Proof(long index, SumNode leaf, List<SumNode> siblings) {
  private static final int NODE = SumNode.PACKED_LENGTH;

  /** Copies the siblings. Throws {@link WireFormatException} naming a part that is missing. */
  public Proof {
    Required.present(leaf, "leaf");
    siblings = Required.allPresent(siblings, "siblings");
  }

  /** The path of an opened leaf: its hash is computed here, never taken from the prover. */
  public static Proof of(Leaf leaf, List<SumNode> siblings) {
    return new Proof(leaf.index(), leaf.node(), siblings);
  }

  /** The siblings as the contracts take them: bottom-up, 64 bytes each, hash 32 | credit 16 | debit 16. */
  public byte[] packedSiblings() {
    byte[] packed = new byte[siblings.size() * NODE];
    for (int level = 0; level < siblings.size(); level++) {
      siblings.get(level).packInto(packed, level * NODE);
    }
    return packed;
  }

  /**
   * Checks that the leaf is in the tree with this root, and its sums within the totals, by the rules that the contracts apply.
   *
   * @param accounts the number of indices in the tree, 0 to 2^32-1, from the header
   * @param root the header's root, total credit and total debit
   */
  public Verification verify(long accounts, SumNode root) {
    if (index < 0 || index >= accounts) {
      return rejected(Check.INDEX_OUT_OF_RANGE, "index " + index + " of " + accounts + " accounts");
    }
    if (!Unsigned.fits(leaf.credit(), Leaf.AMOUNT_BITS) || !Unsigned.fits(leaf.debit(), Leaf.AMOUNT_BITS)) {
      return rejected(Check.LEAF_OUT_OF_RANGE, "credit " + leaf.credit() + ", debit " + leaf.debit() + ", at most 2^96-1");
    }
    if (leaf.credit().signum() != 0 && leaf.debit().signum() != 0) {
      return rejected(Check.LEAF_BOTH_SIDES, "credit " + leaf.credit() + ", debit " + leaf.debit());
    }
    if (siblings.size() != SumTree.depth(accounts)) {
      return wrongDepth(accounts);
    }
    return climb(root);
  }

  /**
   * Checks a boundary proof: index {@code accounts} and everything to the right of it is empty, so the header does not hide
   * accounts beyond the number it states.
   *
   * @param accounts the number of indices in the tree, 0 to 2^32-1, from the header
   * @param root the header's root, total credit and total debit
   */
  public Verification verifyBoundary(long accounts, SumNode root) {
    int depth = SumTree.depth(accounts);
    if (accounts == 0 || accounts == 1L << depth) {
      return rejected(Check.NOT_THE_BOUNDARY, "a tree of " + accounts + " accounts is full and has no boundary proof");
    }
    if (index != accounts) {
      return rejected(Check.NOT_THE_BOUNDARY, "index " + index + ", must be the number of accounts, " + accounts);
    }
    if (siblings.size() != depth) {
      return wrongDepth(accounts);
    }
    if (!leaf.equals(SumNode.EMPTY)) {
      return rejected(Check.NOT_EMPTY, "the leaf at index " + index);
    }
    for (int level = 0; level < depth; level++) {
      boolean siblingIsRight = !isRight(level);
      if (siblingIsRight && !siblings.get(level).equals(SumTree.emptySubtree(level))) {
        return rejected(Check.NOT_EMPTY, "the right sibling at level " + level);
      }
    }
    return climb(root);
  }

  private Verification climb(SumNode root) {
    if (isPhantom(leaf)) {
      return rejected(Check.PHANTOM_SUM, "the leaf has hash 0 and credit " + leaf.credit() + ", debit " + leaf.debit());
    }
    for (int level = 0; level < siblings.size(); level++) {
      if (isPhantom(siblings.get(level))) {
        return rejected(Check.PHANTOM_SUM, "the sibling at level " + level + " has hash 0 and sums other than 0");
      }
    }
    byte[] pair = new byte[2 * NODE];
    SumNode node = leaf;
    for (int level = 0; level < siblings.size(); level++) {
      SumNode sibling = siblings.get(level);
      BigInteger credit = node.credit().add(sibling.credit());
      BigInteger debit = node.debit().add(sibling.debit());
      if (!Unsigned.fits(credit, SumNode.SUM_BITS) || !Unsigned.fits(debit, SumNode.SUM_BITS)) {
        return rejected(Check.SUM_OVERFLOW, "above level " + level);
      }
      node.packInto(pair, isRight(level) ? NODE : 0);
      sibling.packInto(pair, isRight(level) ? 0 : NODE);
      node = new SumNode(Keccak.of(pair), credit, debit);
    }
    return compare(node, root);
  }

  static Verification compare(SumNode reached, SumNode root) {
    if (!reached.hash().equals(root.hash())) {
      return rejected(Check.ROOT_MISMATCH, "the path leads to " + reached.hash() + ", the root is " + root.hash());
    }
    if (!reached.credit().equals(root.credit())) {
      return rejected(Check.TOTAL_CREDIT_MISMATCH, "the path sums to " + reached.credit() + ", the total is " + root.credit());
    }
    if (!reached.debit().equals(root.debit())) {
      return rejected(Check.TOTAL_DEBIT_MISMATCH, "the path sums to " + reached.debit() + ", the total is " + root.debit());
    }
    return new Verified();
  }

  private boolean isRight(int level) {
    return (index >> level & 1) == 1;
  }

  private Verification wrongDepth(long accounts) {
    return rejected(
        Check.WRONG_DEPTH, siblings.size() + " siblings, " + accounts + " accounts need " + SumTree.depth(accounts));
  }

  static boolean isPhantom(SumNode node) {
    return node.hash().isZero() && (node.credit().signum() != 0 || node.debit().signum() != 0);
  }

  private static Verification rejected(Check check, String detail) {
    return new Rejected(check, detail);
  }
}
