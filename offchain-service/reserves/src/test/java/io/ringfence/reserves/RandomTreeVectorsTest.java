package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.reserves.TreeMutants.Mutation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/**
 * Trees of many sizes, proofs out of them and proofs with one thing wrong, each with the check that refuses it. The contracts' tests read
 * the file: their tree has the same roots, and their verifier accepts and refuses the same for the same reason.
 * With {@code -Drandom-trees.write=true} the file is written anew.
 */
class RandomTreeVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_OF_A_RANGE = 5;
  private static final int MILLION = 1 << 20;
  private static final int LEAVES_OF_A_MILLION = 40;

  /** Every size up to 70, and those around the powers of two above. */
  private static IntStream sizes() {
    return IntStream.concat(IntStream.rangeClosed(0, 70), IntStream.of(127, 128, 129, 255, 256, 257));
  }

  /** Sizes of which there are proofs. */
  private static IntStream proven() {
    return IntStream.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 70, 127, 128, 129, 255, 257);
  }

  @Test
  void theContractsVectorsAreTheseTrees() throws IOException {
    ObjectNode expected = JSON.createObjectNode();
    ArrayNode trees = expected.putArray("trees");
    sizes().forEach(accounts -> trees.add(hex(TreeClaim.head(accounts, 0, SumTree.ofSlots(DicedTrees.slots(accounts)).root()))));
    ArrayNode claims = expected.putArray("claims");
    proven().forEach(accounts -> addClaims(claims, accounts, DicedTrees.slots(accounts)));
    addClaims(claims, MILLION, sparse(MILLION));
    addClaims(claims, MILLION - 5, sparse(MILLION - 5));
    Path file = WireDocument.root().resolve("contracts/test/vectors/random-trees.json");
    if (Boolean.getBoolean("random-trees.write")) {
      Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(expected) + "\n");
    }
    assertThat(JSON.readTree(file.toFile())).isEqualTo(expected);
  }

  /** A proof, a range and, where there is one, the boundary, with their mutants. */
  private static void addClaims(ArrayNode claims, int accounts, List<Leaf> slots) {
    Random random = new Random(accounts);
    SumTree tree = SumTree.ofSlots(slots);
    List<Leaf> leaves = slots.stream().filter(leaf -> leaf != null).toList();
    if (!leaves.isEmpty()) {
      Leaf leaf = leaves.get(random.nextInt(leaves.size()));
      claims.add(claim(TreeClaim.inclusion(tree, accounts, leaf), random));
      int first = (int) Math.max(0, leaf.index() - random.nextInt(MOST_OF_A_RANGE));
      int end = Math.min(accounts, first + 1 + random.nextInt(MOST_OF_A_RANGE));
      claims.add(claim(TreeClaim.range(tree, accounts, first, slots.subList(first, end)), random));
    }
    if (tree.boundaryProof().isPresent()) {
      claims.add(claim(TreeClaim.boundary(tree, accounts), random));
    }
  }

  private static ObjectNode claim(TreeClaim claim, Random random) {
    assertThat(claim.refusal()).isEmpty();
    ObjectNode node =
        JSON.createObjectNode()
            .put("kind", claim.kind().name())
            .put("head", hex(claim.head()))
            .put("leaves", hex(claim.leaves()))
            .put("siblings", hex(claim.siblings()));
    ArrayNode mutants = node.putArray("mutants");
    for (Mutation mutation : TreeMutants.of(claim, random)) {
      String refusal = mutation.of(claim).refusal();
      assertThat(refusal).as("%s of %s", mutation, claim).isNotEmpty();
      mutants
          .addObject()
          .put("part", mutation.part().name())
          .put("length", mutation.length())
          .put("at", mutation.at())
          .put("set", hex(mutation.set()))
          .put("refusal", refusal);
    }
    return node;
  }

  /** A tree of which hardly anything is left: the last index, and some few that a seed names, beside each other in part. */
  private static List<Leaf> sparse(int accounts) {
    Random random = new Random(accounts);
    TreeSet<Integer> indices = new TreeSet<>();
    indices.add(accounts - 1);
    while (indices.size() < LEAVES_OF_A_MILLION) {
      int index = random.nextInt(accounts - 1);
      indices.add(index);
      indices.add(index + 1);
    }
    List<Leaf> slots = new ArrayList<>(Collections.nCopies(accounts, null));
    indices.forEach(index -> slots.set(index, DicedTrees.leaf(accounts, index)));
    return slots;
  }

  private static String hex(byte[] bytes) {
    return Numeric.toHexString(bytes);
  }
}
