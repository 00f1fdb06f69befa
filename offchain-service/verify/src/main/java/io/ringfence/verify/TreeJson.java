package io.ringfence.verify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.reserves.Proof;
import io.ringfence.reserves.SumNode;
import io.ringfence.reserves.SumTree;
import java.util.List;

/** A tree's root and proofs in JSON, amounts as strings of digits. */
final class TreeJson {

  private TreeJson() {}

  static ObjectNode of(SumTree tree, List<Proof> proofs) {
    SumNode root = tree.root();
    ObjectNode json = JsonNodeFactory.instance.objectNode()
        .put("root", root.hash().hex())
        .put("totalCredit", root.credit().toString())
        .put("totalDebit", root.debit().toString())
        .put("depth", tree.depth());
    ArrayNode list = json.putArray("proofs");
    proofs.forEach(proof -> list.add(proof(proof)));
    return json;
  }

  private static ObjectNode proof(Proof proof) {
    ObjectNode json = JsonNodeFactory.instance.objectNode()
        .put("index", proof.index())
        .put("leafHash", proof.leaf().hash().hex());
    ArrayNode siblings = json.putArray("siblings");
    for (SumNode sibling : proof.siblings()) {
      siblings.addObject()
          .put("hash", sibling.hash().hex())
          .put("credit", sibling.credit().toString())
          .put("debit", sibling.debit().toString());
    }
    return json;
  }
}
