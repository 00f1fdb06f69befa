package io.ringfence.service.consent;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.service.problem.ProblemException;
import java.math.BigInteger;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads fields of a body; what is missing or malformed is refused by the field's name. */
final class Fields {

  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,77}");

  private final JsonNode node;
  private final String prefix;

  Fields(JsonNode node, String prefix) {
    this.node = node;
    this.prefix = prefix;
  }

  Address address(String field) {
    return read(field, Address::new, "must be an address: 0x and 40 hex digits");
  }

  Bytes32 bytes32(String field) {
    return read(field, Bytes32::new, "must be 32 bytes: 0x and 64 hex digits");
  }

  Data data(String field) {
    return read(field, Data::new, "must be bytes: 0x and pairs of hex digits");
  }

  String text(String field, Pattern form, String rule) {
    String text = read(field, Function.identity(), rule);
    if (!form.matcher(text).matches()) {
      throw problem(field, rule);
    }
    return text;
  }

  /** A whole number of at most {@code bits} bits, as a number or as decimal text. */
  BigInteger whole(String field, int bits) {
    String rule = "must be a whole number of at most " + bits + " bits, not negative";
    JsonNode value = node.path(field);
    String text = value.isIntegralNumber() || value.isTextual() ? value.asText() : "";
    if (!WHOLE.matcher(text).matches() || new BigInteger(text).bitLength() > bits) {
      throw problem(field, value.isMissingNode() ? "is missing" : rule);
    }
    return new BigInteger(text);
  }

  private <T> T read(String field, Function<String, T> parser, String rule) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      throw problem(field, "is missing");
    }
    if (!value.isTextual()) {
      throw problem(field, rule);
    }
    try {
      return parser.apply(value.asText());
    } catch (IllegalArgumentException e) {
      throw problem(field, rule);
    }
  }

  private ProblemException problem(String field, String detail) {
    return ProblemException.field(prefix + field, detail);
  }
}
