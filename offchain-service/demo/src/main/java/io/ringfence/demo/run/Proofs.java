package io.ringfence.demo.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes16;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.RootPrices;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Fetches a client's proof file and reads it, as its owner would. */
final class Proofs {

  private static final int SUM_DIGITS = 32;

  private final Stage stage;

  Proofs(Stage stage) {
    this.stage = stage;
  }

  /** The proof of an account in the newest root that the service has. */
  AccountProof newest(Member member) {
    String reader = stage.state().get().apiKeys().get("reader");
    JsonNode file = stage.service()
        .get(Stage.VENUE_PATH + "/accounts/" + member.account() + "/proof", reader)
        .good("the proof of " + member.client().name());
    return read(file);
  }

  static AccountProof read(JsonNode file) {
    JsonNode h = file.required("header");
    EpochHeader header = new EpochHeader(
        h.required("venue").asLong(),
        h.required("epoch").asLong(),
        h.required("snapshotBlock").asLong(),
        new Bytes32(h.required("snapshotHash").asText()),
        new Bytes32(h.required("previous").asText()),
        h.required("accounts").asLong(),
        new Bytes32(h.required("root").asText()),
        amount(h, "totalCredit"),
        amount(h, "totalDebit"),
        new Bytes32(h.required("paramsHash").asText()),
        new Bytes32(h.required("pricesHash").asText()),
        h.required("settles").asBoolean());
    JsonNode p = file.required("prices");
    List<BigInteger> collateral = new ArrayList<>();
    p.required("collateral").forEach(price -> collateral.add(new BigInteger(price.asText())));
    RootPrices prices = new RootPrices(collateral, new Bytes32(p.required("market").asText()));
    JsonNode l = file.required("leaf");
    Leaf leaf = new Leaf(
        l.required("index").asLong(),
        new Address(l.required("account").asText()),
        amount(l, "credit"),
        amount(l, "debit"),
        amount(l, "initialMargin"),
        amount(l, "maintenanceMargin"),
        new Bytes32(l.required("positionsHash").asText()),
        new Bytes16(l.required("salt").asText()));
    StringBuilder siblings = new StringBuilder("0x");
    for (JsonNode sibling : file.required("siblings")) {
      siblings.append(new Bytes32(sibling.required("hash").asText()).hex().substring(2));
      siblings.append(sum(amount(sibling, "credit"))).append(sum(amount(sibling, "debit")));
    }
    return new AccountProof(header, prices, leaf, new Data(siblings.toString()));
  }

  private static BigInteger amount(JsonNode node, String field) {
    return new BigInteger(node.required(field).asText());
  }

  /** 16 bytes, big-endian. */
  private static String sum(BigInteger value) {
    String digits = value.toString(16);
    return "0".repeat(SUM_DIGITS - digits.length()) + digits;
  }
}
