package io.ringfence.reserves;

import io.ringfence.reserves.Verification.Rejected;
import io.ringfence.reserves.Verification.Verified;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a prover says of a tree, as bytes, so that it can be wrong in any of them.
 *
 * @param head accounts 4 | first index 4 | root's hash 32 | total credit 16 | total debit 16
 * @param leaves packed, 120 bytes each; none for a boundary
 * @param siblings packed, 64 bytes each
 */
record TreeClaim(Kind kind, byte[] head, byte[] leaves, byte[] siblings) {

  /** What is claimed. */
  enum Kind {
    INCLUSION,
    RANGE,
    BOUNDARY
  }

  /** The bytes of a claim that can be changed. */
  enum Part {
    HEAD,
    LEAVES,
    SIBLINGS
  }

  static TreeClaim inclusion(SumTree tree, int accounts, Leaf leaf) {
    byte[] head = head(accounts, leaf.index(), tree.root());
    return new TreeClaim(Kind.INCLUSION, head, leaf.packed(), tree.proof(leaf.index()).packedSiblings());
  }

  static TreeClaim range(SumTree tree, int accounts, long first, List<Leaf> slots) {
    RangeProof proof = tree.rangeProof(first, slots);
    return new TreeClaim(Kind.RANGE, head(accounts, first, tree.root()), proof.packedLeaves(), proof.packedSiblings());
  }

  static TreeClaim boundary(SumTree tree, int accounts) {
    byte[] siblings = tree.boundaryProof().orElseThrow().packedSiblings();
    return new TreeClaim(Kind.BOUNDARY, head(accounts, accounts, tree.root()), new byte[0], siblings);
  }

  static byte[] head(int accounts, long first, SumNode root) {
    byte[] head = new byte[8 + SumNode.PACKED_LENGTH];
    ByteBuffer.wrap(head).putInt(accounts).putInt((int) first);
    root.packInto(head, 8);
    return head;
  }

  byte[] part(Part part) {
    return switch (part) {
      case HEAD -> head;
      case LEAVES -> leaves;
      case SIBLINGS -> siblings;
    };
  }

  TreeClaim with(Part part, byte[] bytes) {
    return switch (part) {
      case HEAD -> new TreeClaim(kind, bytes, leaves, siblings);
      case LEAVES -> new TreeClaim(kind, head, bytes, siblings);
      case SIBLINGS -> new TreeClaim(kind, head, leaves, bytes);
    };
  }

  /** The name of the check that refuses the claim; empty if none does. */
  String refusal() {
    long accounts = unsigned(head, 0, 4).longValueExact();
    long first = unsigned(head, 4, 4).longValueExact();
    SumNode root = node(head, 8);
    List<SumNode> path = new ArrayList<>();
    for (int at = 0; at < siblings.length; at += SumNode.PACKED_LENGTH) {
      path.add(node(siblings, at));
    }
    return switch (kind) {
      case INCLUSION -> {
        // Of the bytes as they stand: no leaf object has a credit and a debit.
        SumNode leaf = new SumNode(Keccak.of(leaves), unsigned(leaves, 24, 12), unsigned(leaves, 36, 12));
        yield name(new Proof(unsigned(leaves, 0, 4).longValueExact(), leaf, path).verify(accounts, root));
      }
      case RANGE -> {
        List<Leaf> slots = new ArrayList<>();
        try {
          for (int at = 0; at < leaves.length; at += Leaf.PACKED_LENGTH) {
            slots.add(slot(Arrays.copyOfRange(leaves, at, at + Leaf.PACKED_LENGTH)));
          }
        } catch (LeafFormatException creditAndDebit) {
          yield Verification.Check.LEAF_BOTH_SIDES.name();
        }
        yield name(new RangeProof(first, slots, path).verify(accounts, root));
      }
      case BOUNDARY -> name(new Proof(accounts, SumNode.EMPTY, path).verifyBoundary(accounts, root));
    };
  }

  private static String name(Verification result) {
    return switch (result) {
      case Verified _ -> "";
      case Rejected rejected -> rejected.check().name();
    };
  }

  private static Leaf slot(byte[] packed) {
    if (Arrays.equals(packed, new byte[Leaf.PACKED_LENGTH])) {
      return null;
    }
    return new Leaf(
        unsigned(packed, 0, 4).longValueExact(),
        Address.of(Arrays.copyOfRange(packed, 4, 24)),
        unsigned(packed, 24, 12),
        unsigned(packed, 36, 12),
        unsigned(packed, 48, 12),
        unsigned(packed, 60, 12),
        Hash.of(Arrays.copyOfRange(packed, 72, 104)),
        Salt.of(Arrays.copyOfRange(packed, 104, 120)));
  }

  private static SumNode node(byte[] bytes, int at) {
    return new SumNode(Hash.of(Arrays.copyOfRange(bytes, at, at + 32)), unsigned(bytes, at + 32, 16), unsigned(bytes, at + 48, 16));
  }

  private static BigInteger unsigned(byte[] bytes, int at, int length) {
    return new BigInteger(1, bytes, at, length);
  }
}
