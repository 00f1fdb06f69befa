package io.ringfence.chain.abi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.type.Data;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.web3j.crypto.Hash;

/** Names of functions and shapes of errors by their selectors, from the ABI files packed with this library. */
public final class AbiIndex {
  private static final AbiIndex PACKED = load();

  private final Map<String, String> functions = new HashMap<>();
  private final Map<String, ErrorShape> errors = new HashMap<>();

  /** An error's name and its arguments. */
  public record ErrorShape(String name, List<Argument> arguments) {
    public ErrorShape {
      arguments = List.copyOf(arguments);
    }
  }

  /** An argument's name and ABI type. */
  public record Argument(String name, String type) {}

  private AbiIndex() {}

  public static AbiIndex packed() {
    return PACKED;
  }

  /** Name of the function that {@code calldata} calls, or its selector. */
  public String functionName(Data calldata) {
    String selector = selectorOf(calldata);
    return functions.getOrDefault(selector, selector);
  }

  /** The error that {@code revertData} begins with. */
  public Optional<ErrorShape> error(Data revertData) {
    return Optional.ofNullable(errors.get(selectorOf(revertData)));
  }

  private static String selectorOf(Data data) {
    return data.length() < 4 ? data.hex() : data.hex().substring(0, 10);
  }

  private static AbiIndex load() {
    AbiIndex index = new AbiIndex();
    ObjectMapper json = new ObjectMapper();
    try {
      for (String name : new String(resource("index.txt"), StandardCharsets.UTF_8).split("\n")) {
        json.readTree(resource(name + ".json")).forEach(index::add);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the packed ABI files cannot be read", unreadable);
    }
    index.errors.put(selector("Error(string)"), new ErrorShape("Error", List.of(new Argument("message", "string"))));
    index.errors.put(selector("Panic(uint256)"), new ErrorShape("Panic", List.of(new Argument("code", "uint256"))));
    return index;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream stream = AbiIndex.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IOException(name + " is not packed");
      }
      return stream.readAllBytes();
    }
  }

  private void add(JsonNode entry) {
    String kind = entry.path("type").asText();
    String signature = entry.path("name").asText() + types(entry.path("inputs"));
    if (kind.equals("function")) {
      functions.put(selector(signature), entry.path("name").asText());
    } else if (kind.equals("error")) {
      List<Argument> arguments = new ArrayList<>();
      int unnamed = 0;
      for (JsonNode input : entry.path("inputs")) {
        String name = input.path("name").asText();
        arguments.add(new Argument(name.isEmpty() ? "argument" + unnamed++ : name, input.path("type").asText()));
      }
      errors.put(selector(signature), new ErrorShape(entry.path("name").asText(), arguments));
    }
  }

  private static String types(JsonNode inputs) {
    return inputs.valueStream().map(AbiIndex::type).collect(Collectors.joining(",", "(", ")"));
  }

  private static String type(JsonNode input) {
    String type = input.path("type").asText();
    return type.startsWith("tuple") ? types(input.path("components")) + type.substring("tuple".length()) : type;
  }

  private static String selector(String signature) {
    return Hash.sha3String(signature).substring(0, 10);
  }
}
