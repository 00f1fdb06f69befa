package io.ringfence.chain.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.type.Address;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Parses the deployment file, naming what is wrong with it. */
final class DeploymentReader {
  private final String source;

  DeploymentReader(String source) {
    this.source = source;
  }

  Deployment parse(String json) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException noJson) {
      throw new DeploymentException(source + " is no JSON: " + noJson.getOriginalMessage(), noJson);
    }
    return new Deployment(
        number(root, "chainId", ""),
        uri(root),
        number(root, "block", ""),
        address(root, "vault", ""),
        list(root, "tokens", (node, where) -> new Deployment.Token(
            text(node, "symbol", where), address(node, "address", where), (int) number(node, "decimals", where))),
        list(root, "feeds", (node, where) -> new Deployment.Feed(
            text(node, "description", where), address(node, "address", where), (int) number(node, "decimals", where))),
        list(root, "venues", this::venue));
  }

  private Deployment.Venue venue(JsonNode node, String where) {
    List<Address> attestors = new ArrayList<>();
    JsonNode array = field(node, "attestors", where);
    for (int i = 0; i < array.size(); i++) {
      attestors.add(address(array.get(i), where + "attestors[" + i + "]"));
    }
    return new Deployment.Venue(number(node, "id", where), text(node, "name", where), address(node, "settlementAsset", where),
        address(node, "pool", where), address(node, "fund", where), address(node, "venueKey", where), attestors,
        (int) number(node, "threshold", where));
  }

  /** Parses one element; {@code where} is the prefix of its fields in errors. */
  private interface Element<T> {
    T parse(JsonNode node, String where);
  }

  private <T> List<T> list(JsonNode root, String name, Element<T> element) {
    JsonNode array = root.path(name);
    if (array.isMissingNode()) {
      return List.of();
    }
    if (!array.isArray()) {
      throw wrong(name, "is not a list", null);
    }
    List<T> parsed = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      parsed.add(element.parse(array.get(i), name + "[" + i + "]."));
    }
    return parsed;
  }

  private JsonNode field(JsonNode node, String name, String where) {
    JsonNode value = node.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw wrong(where + name, "is missing", null);
    }
    return value;
  }

  private String text(JsonNode node, String name, String where) {
    JsonNode value = field(node, name, where);
    if (!value.isTextual()) {
      throw wrong(where + name, "is not text", null);
    }
    return value.textValue();
  }

  private long number(JsonNode node, String name, String where) {
    JsonNode value = field(node, name, where);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(where + name, "is not a whole number", null);
    }
    return value.longValue();
  }

  private Address address(JsonNode node, String name, String where) {
    return address(field(node, name, where), where + name);
  }

  private Address address(JsonNode value, String field) {
    try {
      return new Address(value.asText());
    } catch (IllegalArgumentException notAnAddress) {
      throw wrong(field, "is " + notAnAddress.getMessage(), notAnAddress);
    }
  }

  private URI uri(JsonNode root) {
    try {
      return URI.create(text(root, "rpc", ""));
    } catch (IllegalArgumentException notAnAddress) {
      throw wrong("rpc", "is not a URL: " + notAnAddress.getMessage(), notAnAddress);
    }
  }

  private DeploymentException wrong(String field, String what, Throwable cause) {
    return new DeploymentException(
        source + ": field " + field + " " + what + "; the file is written by the node package when it deploys", cause);
  }
}
