package io.ringfence.service.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads request bodies strictly: duplicate and unknown fields, trailing text and missing bodies are refused, and fractions stay exact.
 * Whatever is wrong becomes a problem that names the field, or the line and column.
 */
public final class JsonBody {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private JsonBody() {}

  /** The body as a JSON object that has no fields but {@code fields}. */
  public static JsonNode object(byte[] body, Set<String> fields) {
    if (body == null || body.length == 0) {
      throw ProblemException.of(ProblemKind.MALFORMED_JSON, "the body is empty; send a JSON object");
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new ProblemException(problem(e));
    } catch (IOException e) {
      throw ProblemException.of(ProblemKind.MALFORMED_JSON, "the body is not UTF-8 text");
    }
    if (!node.isObject()) {
      throw ProblemException.of(ProblemKind.MALFORMED_JSON, "the body must be a JSON object with " + String.join(", ", fields));
    }
    unknownField(node, fields).ifPresent(
        field -> {
          String known = fields.stream().sorted().collect(Collectors.joining(", "));
          throw ProblemException.field(field, "no such field here; there are " + known);
        });
    return node;
  }

  /** The body as a record. */
  public static <T> T read(byte[] body, Class<T> type) {
    if (body == null || body.length == 0) {
      throw ProblemException.of(ProblemKind.MALFORMED_JSON, "the body is empty; send a JSON object");
    }
    T read;
    try {
      read = MAPPER.readValue(body, type);
    } catch (JsonProcessingException e) {
      throw new ProblemException(problem(e));
    } catch (IOException e) {
      throw ProblemException.of(ProblemKind.MALFORMED_JSON, "the body is not UTF-8 text");
    }
    if (read == null) {
      throw ProblemException.of(ProblemKind.MALFORMED_JSON, "the body is null; send a JSON object");
    }
    return read;
  }

  /** The first field of {@code node} that is not among {@code fields}. */
  public static Optional<String> unknownField(JsonNode node, Set<String> fields) {
    for (var names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  static Problem problem(JsonProcessingException e) {
    var location = e.getLocation();
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String field = path(mapping);
      String detail = e instanceof UnrecognizedPropertyException ? "no such field here" : firstLine(e);
      return Problem.of(ProblemKind.BAD_FIELD, field + ": " + detail).with("field", field);
    }
    Problem problem = Problem.of(ProblemKind.MALFORMED_JSON, firstLine(e) + (location == null ? "" :
        " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")"));
    return location == null ? problem : problem.with("line", location.getLineNr()).with("column", location.getColumnNr());
  }

  private static String path(JsonMappingException e) {
    var path = new StringBuilder();
    for (var step : e.getPath()) {
      if (step.getFieldName() != null) {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      } else {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.toString();
  }

  private static String firstLine(JacksonException e) {
    String message = e.getOriginalMessage();
    String line = message == null ? "cannot be read" : message.lines().findFirst().orElse("cannot be read");
    return line.replaceAll("`?[a-z][a-z0-9]*(\\.[a-zA-Z0-9_$]+)+`?", "the expected type");
  }
}
