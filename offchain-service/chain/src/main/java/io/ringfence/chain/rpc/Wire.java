package io.ringfence.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Records to and from the JSON of the Ethereum API. Anything unexpected is {@link IllegalArgumentException}. */
final class Wire {
  private Wire() {}

  static String quantity(long value) {
    return "0x" + Long.toHexString(value);
  }

  static BigInteger quantity(JsonNode node) {
    String text = node.asText("");
    if (!text.startsWith("0x") || text.length() < 3) {
      throw new IllegalArgumentException("not a quantity: " + node);
    }
    return new BigInteger(text.substring(2), 16);
  }

  static long number(JsonNode node) {
    return quantity(node).longValueExact();
  }

  static JsonNode tag(BlockTag at) {
    return switch (at) {
      case BlockTag.Latest() -> Transport.JSON.getNodeFactory().textNode("latest");
      case BlockTag.Number(long number) -> Transport.JSON.getNodeFactory().textNode(quantity(number));
      case BlockTag.Hash(Bytes32 hash) -> Transport.JSON.createObjectNode().put("blockHash", hash.hex());
    };
  }

  static ObjectNode call(CallRequest call) {
    ObjectNode node = Transport.JSON.createObjectNode().put("to", call.to().hex()).put("data", call.data().hex());
    call.from().ifPresent(from -> node.put("from", from.hex()));
    if (call.value().signum() != 0) {
      node.put("value", "0x" + call.value().toString(16));
    }
    return node;
  }

  static ObjectNode filter(List<Address> addresses, List<List<Bytes32>> topics) {
    ObjectNode node = Transport.JSON.createObjectNode();
    if (!addresses.isEmpty()) {
      ArrayNode array = node.putArray("address");
      addresses.forEach(address -> array.add(address.hex()));
    }
    ArrayNode positions = node.putArray("topics");
    for (List<Bytes32> alternatives : topics) {
      if (alternatives.isEmpty()) {
        positions.addNull();
      } else {
        ArrayNode array = positions.addArray();
        alternatives.forEach(topic -> array.add(topic.hex()));
      }
    }
    return node;
  }

  static Optional<BlockRef> block(JsonNode node) {
    if (node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(new BlockRef(number(node.path("number")), hash(node.path("hash")), hash(node.path("parentHash")),
        number(node.path("timestamp"))));
  }

  static List<RawLog> logs(JsonNode array) {
    if (!array.isArray()) {
      throw new IllegalArgumentException("logs are no array");
    }
    List<RawLog> logs = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      List<Bytes32> topics = new ArrayList<>(4);
      node.path("topics").forEach(topic -> topics.add(hash(topic)));
      logs.add(new RawLog(address(node.path("address")), topics, new Data(node.path("data").asText()), number(node.path("blockNumber")),
          hash(node.path("blockHash")), hash(node.path("transactionHash")), number(node.path("logIndex"))));
    }
    return logs;
  }

  static Optional<Receipt> receipt(JsonNode node) {
    if (node.isNull()) {
      return Optional.empty();
    }
    return Optional.of(new Receipt(hash(node.path("transactionHash")), number(node.path("status")) == 1, number(node.path("blockNumber")),
        hash(node.path("blockHash")), address(node.path("from")), optionalAddress(node.path("to")),
        optionalAddress(node.path("contractAddress")), number(node.path("gasUsed")), quantity(node.path("effectiveGasPrice")),
        logs(node.path("logs"))));
  }

  static Bytes32 hash(JsonNode node) {
    return new Bytes32(node.asText());
  }

  private static Address address(JsonNode node) {
    return new Address(node.asText());
  }

  private static Optional<Address> optionalAddress(JsonNode node) {
    return node.isTextual() ? Optional.of(address(node)) : Optional.empty();
  }
}
