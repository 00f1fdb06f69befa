package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.web3j.utils.Numeric;

/**
 * The range proofs that the contracts' tests read come out of the code, from the trees of {@code sum-tree.json}.
 * With {@code -Drange-proofs.write=true} the file is written anew.
 */
class RangeProofVectorsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Accounts of the tree, first index, first index after the range. */
  private static final int[][] RANGES = {{1, 0, 1}, {2, 0, 2}, {5, 4, 5}, {7, 1, 4}, {8, 0, 8}, {13, 3, 11}, {13, 6, 13}};

  @Test
  void theContractsVectorsAreTheseProofs() throws IOException {
    ArrayNode expected = JSON.createArrayNode();
    for (int[] range : RANGES) {
      SumTreeVectors.Case tree = SumTreeVectors.cases().filter(vector -> vector.accounts() == range[0]).findFirst().orElseThrow();
      expected.add(vector(tree, range[1], range[2]));
    }
    Path file = WireDocument.root().resolve("contracts/test/vectors/range-proofs.json");
    if (Boolean.getBoolean("range-proofs.write")) {
      Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(expected) + "\n");
    }
    assertThat(JSON.readTree(file.toFile())).isEqualTo(expected);
  }

  static JsonNode vector(SumTreeVectors.Case vector, int first, int end) {
    List<Leaf> slots = vector.slots();
    RangeProof proof = SumTree.ofSlots(slots).rangeProof(first, slots.subList(first, end));
    SumNode root = vector.root();
    assertThat(proof.verify(vector.accounts(), root)).isEqualTo(new Verification.Verified());
    return JSON.createObjectNode()
        .put("accounts", vector.accounts())
        .put("first", first)
        .put("leaves", Numeric.toHexString(proof.packedLeaves()))
        .put("siblings", Numeric.toHexString(proof.packedSiblings()))
        .put("root", root.hash().hex())
        .put("totalCredit", root.credit().toString())
        .put("totalDebit", root.debit().toString());
  }
}
