package io.ringfence.margin;

import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes one object of canonical JSON (RFC 8785: keys sorted, no white space). Numbers are plain decimal strings without trailing zeros;
 * text is written without escapes, so whoever adds text admits only such as needs none. Not safe for several threads.
 */
public final class CanonicalObject {

  private final SortedMap<String, String> members = new TreeMap<>();

  /** Adds a text that needs no escapes. */
  public CanonicalObject text(String key, String value) {
    return put(key, quoted(value));
  }

  /** Adds a number. */
  public CanonicalObject number(String key, BigDecimal value) {
    return put(key, quoted(value.toPlainString()));
  }

  /** Adds a finite double by the shortest decimal that reads back to it. */
  public CanonicalObject number(String key, double value) {
    return number(key, value == 0.0 ? BigDecimal.ZERO : new BigDecimal(Double.toString(value)).stripTrailingZeros());
  }

  /** Adds a truth value. */
  public CanonicalObject truth(String key, boolean value) {
    return put(key, Boolean.toString(value));
  }

  /** Adds an object. */
  public CanonicalObject object(String key, CanonicalObject value) {
    return put(key, value.write());
  }

  /** Adds a list of objects in the given order. */
  public CanonicalObject list(String key, List<CanonicalObject> values) {
    return put(key, values.stream().map(CanonicalObject::write).collect(Collectors.joining(",", "[", "]")));
  }

  /** The object written so far. */
  public String write() {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private CanonicalObject put(String key, String written) {
    if (members.put(key, written) != null) {
      throw new IllegalStateException("member " + key + " is written twice");
    }
    return this;
  }

  private static String quoted(String value) {
    return "\"" + value + "\"";
  }
}
