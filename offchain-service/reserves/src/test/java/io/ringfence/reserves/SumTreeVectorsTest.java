package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.reserves.SumTreeVectors.Case;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every figure of the fixed vectors comes out of the code. */
class SumTreeVectorsTest {
  static Stream<Case> cases() {
    return SumTreeVectors.cases();
  }

  @Test
  void theFileHoldsTreesOfEveryShape() {
    assertThat(cases().map(Case::accounts)).containsExactly(0, 1, 2, 3, 5, 6, 7, 8, 13);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void rootTotalsAndDepth(Case vector) {
    SumTree tree = SumTree.ofSlots(vector.slots());
    assertThat(tree.accounts()).isEqualTo(vector.accounts());
    assertThat(tree.depth()).isEqualTo(vector.json().get("depth").intValue());
    assertThat(tree.root()).isEqualTo(vector.root());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void releasedIndicesAreEmptyLeaves(Case vector) {
    List<Leaf> slots = vector.slots();
    SumTree tree = SumTree.ofSlots(slots);
    for (JsonNode released : vector.json().get("released")) {
      assertThat(slots.get(released.intValue())).isNull();
      Proof proof = tree.proof(released.intValue());
      assertThat(proof.leaf()).isEqualTo(SumNode.EMPTY);
      assertThat(proof.verify(vector.accounts(), vector.root()).isVerified()).isTrue();
    }
    assertThat(slots.stream().filter(slot -> slot == null)).hasSize(vector.json().get("released").size());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void proofs(Case vector) {
    SumTree tree = SumTree.ofSlots(vector.slots());
    for (JsonNode expected : vector.json().get("proofs")) {
      Proof proof = tree.proof(expected.get("index").longValue());
      assertThat(proof.leaf().hash()).isEqualTo(SumTreeVectors.hash(expected, "leafHash"));
      assertThat(proof.siblings()).isEqualTo(SumTreeVectors.siblings(expected));
      assertThat(proof.verify(vector.accounts(), vector.root())).isEqualTo(new Verification.Verified());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void boundaryProof(Case vector) {
    SumTree tree = SumTree.ofSlots(vector.slots());
    JsonNode expected = vector.json().get("boundary");
    if (expected.isNull()) {
      assertThat(tree.boundaryProof()).isEmpty();
      return;
    }
    Proof boundary = tree.boundaryProof().orElseThrow();
    assertThat(boundary.index()).isEqualTo(expected.get("index").longValue());
    assertThat(boundary.siblings()).isEqualTo(SumTreeVectors.siblings(expected));
    assertThat(boundary.verifyBoundary(vector.accounts(), vector.root())).isEqualTo(new Verification.Verified());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void saltsFollowFromTheMaster(Case vector) {
    Salts salts = vector.salts();
    long venue = vector.json().get("venue").longValue();
    long epoch = vector.json().get("epoch").longValue();
    assertThat(salts.derive(venue, epoch, 0).positionsSalt())
        .isEqualTo(Salt.fromHex(vector.json().get("positionsSalt0").textValue()));
    for (Leaf leaf : vector.slots()) {
      if (leaf != null) {
        assertThat(salts.derive(venue, epoch, leaf.index()).salt()).isEqualTo(leaf.salt());
      }
    }
  }
}
