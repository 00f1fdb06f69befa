package io.ringfence.margin.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Reads a file, recognises its format by its content, and computes. */
final class InputFiles {

  /** A book of a million positions takes some 60 to 500 MB, by how much is said of each; beyond this the file is something else. */
  static final long MOST_BYTES = 512L << 20;

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      // Read as numbers, so that the refusal can name the field.
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private InputFiles() {}

  /**
   * The result for one file, without its name.
   *
   * @throws InputException if no margin can be computed from it
   */
  static ObjectNode compute(Path file) {
    Fields root = Fields.root(read(file));
    if (root.has("Scenario") && root.has("Parameters")) {
      CaseInput given = CaseReader.read(root);
      return ResultJson.of(root.compute(given::compute), given.scenarios());
    }
    if (root.has("format")) {
      return OwnFormat.compute(root);
    }
    throw new InputException("the file", "is neither of the format \"" + OwnFormat.NAME + "\" (it has no member \"format\") nor a PM2 case"
        + " (\"Scenario\" and \"Parameters\"); see docs/margin.md");
  }

  /** Reads something of a file; what is refused is refused under the file's name. */
  static <T> T naming(Path file, Supplier<T> reader) {
    try {
      return reader.get();
    } catch (InputException refused) {
      throw new InputException(file + ":", refused.getMessage());
    }
  }

  static JsonNode read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new InputException("the file", "has " + Files.size(file) + " bytes; a portfolio has at most " + MOST_BYTES);
      }
      return parse(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new InputException("the file", "is not valid JSON" + place(e) + ": " + e.getOriginalMessage());
    } catch (NoSuchFileException e) {
      throw new InputException("the file", "does not exist; check the path");
    } catch (IOException e) {
      throw new InputException("the file", "cannot be read: " + e.getMessage());
    }
  }

  static JsonNode parse(byte[] content) throws IOException {
    JsonNode node;
    try {
      node = MAPPER.readTree(content);
    } catch (NumberFormatException e) {
      throw new InputException(firstUnreadableNumber(content), "has an exponent beyond the range of numbers; check its scale");
    }
    if (node == null || node.isMissingNode()) {
      throw new InputException("the file", "is empty; give a JSON object");
    }
    return node;
  }

  /** The parser does not say where a number was whose exponent it cannot hold; so the file is read again, token by token. */
  private static String firstUnreadableNumber(byte[] content) throws IOException {
    try (JsonParser parser = MAPPER.createParser(content)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT && !readable(parser)) {
          return name(parser);
        }
      }
    }
    return "a number";
  }

  private static boolean readable(JsonParser parser) throws IOException {
    try {
      return parser.isNaN() || parser.getDecimalValue() != null;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static String place(JsonProcessingException failure) {
    String line = failure.getLocation() == null
        ? ""
        : ", line " + failure.getLocation().getLineNr() + " column " + failure.getLocation().getColumnNr();
    return failure.getProcessor() instanceof JsonParser parser && !name(parser).isEmpty() ? line + ", at " + name(parser) : line;
  }

  /** Where a parser is, in the spelling of {@link Fields}. */
  private static String name(JsonParser parser) {
    StringBuilder name = new StringBuilder();
    for (JsonStreamContext step = parser.getParsingContext(); step != null; step = step.getParent()) {
      if (step.inArray()) {
        name.insert(0, "[" + step.getCurrentIndex() + "]");
      } else if (step.inObject() && step.getCurrentName() != null) {
        name.insert(0, "." + step.getCurrentName());
      }
    }
    return name.isEmpty() ? "" : name.substring(name.charAt(0) == '.' ? 1 : 0);
  }
}
