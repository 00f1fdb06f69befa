package io.ringfence.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.reserves.Address;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.LeafFormatException;
import io.ringfence.reserves.Salt;
import io.ringfence.reserves.WireFormatException;
import java.math.BigInteger;
import java.util.function.Function;

/** A leaf in JSON: amounts as decimal numbers or strings of digits, bytes as {@code 0x} and hexadecimal digits. */
final class LeafJson {

  /** More digits than any amount of the format has; what is longer is refused before it is converted. */
  private static final int MOST_DIGITS = 100;

  private LeafJson() {}

  /** Reads the leaf that stands at a place; throws {@link LeafFormatException} naming place and field. */
  static Leaf read(JsonNode json, int place) {
    if (!json.isObject()) {
      throw new LeafFormatException(place, "leaf", "must be an object, or null if the index is released");
    }
    BigInteger index = number(json, place, "index");
    if (!index.equals(BigInteger.valueOf(place))) {
      throw new LeafFormatException(place, "index", "is " + shown(index) + ", must be its place");
    }
    return new Leaf(
        place,
        bytes(json, place, "account", Address::fromHex),
        number(json, place, "credit"),
        number(json, place, "debit"),
        number(json, place, "initialMargin"),
        number(json, place, "maintenanceMargin"),
        bytes(json, place, "positionsHash", Hash::fromHex),
        bytes(json, place, "salt", Salt::fromHex));
  }

  private static BigInteger number(JsonNode json, int place, String field) {
    JsonNode value = present(json, place, field);
    String text = value.isTextual() ? value.textValue() : value.isIntegralNumber() ? value.asText() : "";
    if (!text.matches("-?[0-9]+")) {
      throw new LeafFormatException(place, field, "must be a whole number, or a string of digits");
    }
    if (text.length() > MOST_DIGITS) {
      throw new LeafFormatException(place, field, "has " + text.length() + " digits, more than any amount");
    }
    return new BigInteger(text);
  }

  private static String shown(BigInteger number) {
    return number.bitLength() <= 64 ? number.toString() : "a number of " + number.bitLength() + " bits";
  }

  private static <T> T bytes(JsonNode json, int place, String field, Function<String, T> parser) {
    JsonNode value = present(json, place, field);
    if (!value.isTextual()) {
      throw new LeafFormatException(place, field, "must be a string of 0x and hexadecimal digits");
    }
    try {
      return parser.apply(value.textValue());
    } catch (WireFormatException refused) {
      throw new LeafFormatException(place, field, refused.problem());
    }
  }

  private static JsonNode present(JsonNode json, int place, String field) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      throw new LeafFormatException(place, field, "is missing");
    }
    return value;
  }
}
