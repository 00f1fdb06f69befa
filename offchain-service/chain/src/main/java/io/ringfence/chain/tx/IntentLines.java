package io.ringfence.chain.tx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.rpc.Fees;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The lines of a {@link FileIntentStore}. */
final class IntentLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private IntentLines() {}

  static JsonNode saved(StoredIntent intent) {
    ObjectNode line = line("saved", intent.intent().id())
        .put("sender", intent.sender().hex())
        .put("nonce", intent.nonce())
        .put("to", intent.intent().to().hex())
        .put("data", intent.intent().data().hex())
        .put("value", intent.intent().value().toString())
        .put("gasLimit", intent.intent().gasLimit().orElseThrow());
    line.set("attempt", json(intent.newest()));
    return line;
  }

  static StoredIntent intent(JsonNode line) {
    Intent intent = new Intent(line.path("id").asText(), new Address(line.path("to").asText()), new Data(line.path("data").asText()),
        new BigInteger(line.path("value").asText()), OptionalLong.of(line.path("gasLimit").asLong()));
    return new StoredIntent(intent, new Address(line.path("sender").asText()), line.path("nonce").asLong(),
        List.of(attempt(line.path("attempt"))), IntentState.SIGNED, Optional.empty());
  }

  static JsonNode attempted(String id, Attempt attempt) {
    return line("attempt", id).set("attempt", json(attempt));
  }

  static JsonNode marked(String id, IntentState state, Optional<Bytes32> minedAs) {
    ObjectNode line = line("state", id).put("state", state.name());
    minedAs.ifPresent(hash -> line.put("minedAs", hash.hex()));
    return line;
  }

  static Attempt attempt(JsonNode node) {
    Fees fees = new Fees(new BigInteger(node.path("maxFeePerGas").asText()), new BigInteger(node.path("maxPriorityFeePerGas").asText()));
    return new Attempt(new Bytes32(node.path("txHash").asText()), new Data(node.path("signed").asText()), fees,
        Instant.parse(node.path("createdAt").asText()));
  }

  private static ObjectNode json(Attempt attempt) {
    return JSON.createObjectNode()
        .put("txHash", attempt.txHash().hex())
        .put("signed", attempt.signed().hex())
        .put("maxFeePerGas", attempt.fees().maxFeePerGas().toString())
        .put("maxPriorityFeePerGas", attempt.fees().maxPriorityFeePerGas().toString())
        .put("createdAt", attempt.createdAt().toString());
  }

  private static ObjectNode line(String kind, String id) {
    return JSON.createObjectNode().put("kind", kind).put("id", id);
  }
}
