package io.ringfence.reserves;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The fixed vectors of the tree format, read from {@code sum-tree.json}. */
final class SumTreeVectors {
  private SumTreeVectors() {}

  /** One tree of the file. */
  record Case(JsonNode json) {
    int accounts() {
      return json.get("accounts").intValue();
    }

    SumNode root() {
      return new SumNode(hash(json, "root"), amount(json, "totalCredit"), amount(json, "totalDebit"));
    }

    List<Leaf> slots() {
      List<Leaf> slots = new ArrayList<>();
      json.get("leaves").forEach(leaf -> slots.add(leaf.isNull() ? null : leaf(leaf)));
      return slots;
    }

    Salts salts() {
      byte[] master = ByteValue.parseHex(json.get("master").textValue(), "master");
      return new Salts(master, json.get("chainId").longValue(), Address.fromHex(json.get("log").textValue()));
    }

    @Override
    public String toString() {
      return accounts() + " accounts";
    }
  }

  static Stream<Case> cases() {
    try (InputStream in = SumTreeVectors.class.getResourceAsStream("/sum-tree.json")) {
      List<Case> cases = new ArrayList<>();
      new ObjectMapper().readTree(in).forEach(json -> cases.add(new Case(json)));
      return cases.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Leaf leaf(JsonNode json) {
    return new Leaf(
        json.get("index").longValue(),
        Address.fromHex(json.get("account").textValue()),
        amount(json, "credit"),
        amount(json, "debit"),
        amount(json, "initialMargin"),
        amount(json, "maintenanceMargin"),
        hash(json, "positionsHash"),
        Salt.fromHex(json.get("salt").textValue()));
  }

  static List<SumNode> siblings(JsonNode json) {
    List<SumNode> siblings = new ArrayList<>();
    json.get("siblings").forEach(node -> siblings.add(new SumNode(hash(node, "hash"), amount(node, "credit"), amount(node, "debit"))));
    return siblings;
  }

  static Hash hash(JsonNode json, String field) {
    return Hash.fromHex(json.get(field).textValue());
  }

  static BigInteger amount(JsonNode json, String field) {
    return new BigInteger(json.get(field).textValue());
  }
}
