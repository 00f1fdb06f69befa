package io.ringfence.service.epoch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.Position;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.EpochParameters;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.Signature;
import io.ringfence.reserves.SumNode;
import io.ringfence.service.margin.MarketQuotes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The JSON forms of {@code docs/wire.md}: amounts as decimal text, hashes and addresses as lower-case 0x text. */
public final class EpochJson {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private EpochJson() {}

  /** A proof file. */
  public static ObjectNode proofFile(ProofFile proof) {
    ObjectNode node = NODES.objectNode();
    node.set("header", header(proof.header()));
    node.set("signatures", signatures(proof.signatures()));
    node.set("prices", prices(proof.prices()));
    node.set("leaf", leaf(proof.leaf()));
    ArrayNode siblings = node.putArray("siblings");
    for (SumNode sibling : proof.siblings()) {
      siblings.addObject()
          .put("hash", sibling.hash().hex())
          .put("credit", sibling.credit().toString())
          .put("debit", sibling.debit().toString());
    }
    return node;
  }

  /** A header. */
  public static ObjectNode header(EpochHeader header) {
    return NODES.objectNode()
        .put("venue", header.venue())
        .put("epoch", header.epoch())
        .put("snapshotBlock", header.snapshotBlock())
        .put("snapshotHash", header.snapshotHash().hex())
        .put("previous", header.previous().hex())
        .put("accounts", header.accounts())
        .put("root", header.root().hex())
        .put("totalCredit", header.totalCredit().toString())
        .put("totalDebit", header.totalDebit().toString())
        .put("paramsHash", header.paramsHash().hex())
        .put("pricesHash", header.pricesHash().hex())
        .put("settles", header.settles());
  }

  /** Root prices. */
  public static ObjectNode prices(RootPrices prices) {
    ObjectNode node = NODES.objectNode();
    ArrayNode collateral = node.putArray("collateral");
    prices.collateral().forEach(price -> collateral.add(price.toString()));
    return node.put("market", prices.market().hex());
  }

  /** Signatures. */
  public static ObjectNode signatures(ProofFile.Signatures signatures) {
    ObjectNode node = NODES.objectNode().put("venue", signatures.venue().hex());
    ArrayNode attestors = node.putArray("attestors");
    signatures.attestors().forEach(signature -> attestors.add(signature.hex()));
    return node;
  }

  /** A leaf. */
  public static ObjectNode leaf(Leaf leaf) {
    return NODES.objectNode()
        .put("index", leaf.index())
        .put("account", leaf.account().hex())
        .put("credit", leaf.credit().toString())
        .put("debit", leaf.debit().toString())
        .put("initialMargin", leaf.initialMargin().toString())
        .put("maintenanceMargin", leaf.maintenanceMargin().toString())
        .put("positionsHash", leaf.positionsHash().hex())
        .put("salt", leaf.salt().hex());
  }

  /** The preimage of a header's {@code paramsHash}. */
  public static ObjectNode parameters(EpochParameters parameters) {
    return NODES.objectNode()
        .put("policyVersion", parameters.policyVersion())
        .put("attestorSetHash", parameters.attestorSetHash().hex())
        .put("settlementAsset", parameters.settlementAsset().hex())
        .put("pool", parameters.pool().hex())
        .put("fund", parameters.fund().hex())
        .put("modelHash", parameters.modelHash().hex())
        .put("uncovered", parameters.uncovered().toString());
  }

  /** Open positions. */
  public static ArrayNode positions(List<Position> positions) {
    ArrayNode node = NODES.arrayNode();
    for (Position position : positions) {
      node.addObject().put("instrument", position.instrument().name()).put("quantity", position.quantity().toPlainString());
    }
    return node;
  }

  /** A header as {@link #header} writes it. */
  public static EpochHeader readHeader(String json) {
    JsonNode node = tree(json);
    return new EpochHeader(
        node.get("venue").asLong(),
        node.get("epoch").asLong(),
        node.get("snapshotBlock").asLong(),
        hash(node, "snapshotHash"),
        hash(node, "previous"),
        node.get("accounts").asLong(),
        hash(node, "root"),
        amount(node, "totalCredit"),
        amount(node, "totalDebit"),
        hash(node, "paramsHash"),
        hash(node, "pricesHash"),
        node.get("settles").asBoolean());
  }

  /** Reads {@link #prices}. */
  static RootPrices readPrices(String json) {
    JsonNode node = tree(json);
    List<BigInteger> collateral = new ArrayList<>();
    node.get("collateral").forEach(price -> collateral.add(new BigInteger(price.asText())));
    return new RootPrices(collateral, hash(node, "market"));
  }

  /** Reads {@link #signatures}. */
  static ProofFile.Signatures readSignatures(String json) {
    JsonNode node = tree(json);
    List<Signature> attestors = new ArrayList<>();
    node.get("attestors").forEach(signature -> attestors.add(Signature.fromHex(signature.asText())));
    return new ProofFile.Signatures(Signature.fromHex(node.get("venue").asText()), attestors);
  }

  /** Reads the canonical form of {@link MarketQuotes}. */
  static MarketQuotes readMarket(String json) {
    JsonNode node = tree(json);
    List<MarketQuotes.Quote> quotes = new ArrayList<>();
    node.get("quotes").forEach(quote -> quotes.add(new MarketQuotes.Quote(
        MarketQuotes.Kind.of(quote.get("kind").asText()),
        quote.get("instrument").asText(),
        new BigDecimal(quote.get("price").asText()),
        new BigDecimal(quote.path("confidence").asText("1")),
        Instant.ofEpochSecond(quote.get("time").asLong()))));
    return new MarketQuotes(Instant.ofEpochSecond(node.get("asOf").asLong()), quotes);
  }

  private static Hash hash(JsonNode node, String field) {
    return Hash.fromHex(node.get(field).asText());
  }

  private static BigInteger amount(JsonNode node, String field) {
    return new BigInteger(node.get(field).asText());
  }

  private static JsonNode tree(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the database holds JSON that cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
