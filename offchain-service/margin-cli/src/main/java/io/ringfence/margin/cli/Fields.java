package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.margin.MarginException;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** One JSON object under its path: every member is asked for by name, and a wrong one is refused by its path. */
final class Fields {

  private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");
  private static final int MOST_DIGITS = 1000;

  /** Increments are differences of two rates; what is nearer to zero than this is what subtraction has left of nothing. */
  private static final double DUST = 1e-12;

  private final String path;
  private final JsonNode node;
  private final Greatest greatest;
  private final Set<String> asked = new HashSet<>();

  /** The greatest number that was read of the file, to be named where a result overflows. */
  private static final class Greatest {
    private String path = "the file";
    private double size;
  }

  private Fields(String path, JsonNode node, Greatest greatest) {
    this.path = path;
    this.node = node;
    this.greatest = greatest;
  }

  /** The whole file. */
  static Fields root(JsonNode node) {
    return of("", node, new Greatest());
  }

  private static Fields of(String path, JsonNode node, Greatest greatest) {
    if (!node.isObject()) {
      throw new InputException(path.isEmpty() ? "the file" : path, "is " + kind(node) + "; give an object");
    }
    return new Fields(path, node, greatest);
  }

  String path() {
    return path;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  boolean has(String name) {
    return node.has(name);
  }

  /** Whether the member is there and not null. */
  boolean given(String name) {
    return node.hasNonNull(name);
  }

  Fields object(String name) {
    return of(path(name), required(name), greatest);
  }

  JsonNode any(String name) {
    return required(name);
  }

  /** The members of a list, all of them objects. */
  List<Fields> list(String name) {
    JsonNode list = required(name);
    if (!list.isArray()) {
      throw new InputException(path(name), "is " + kind(list) + "; give a list");
    }
    // Made when asked for: a book may have a million positions.
    return new AbstractList<>() {
      @Override
      public Fields get(int i) {
        return of(path(name) + "[" + i + "]", list.get(i), greatest);
      }

      @Override
      public int size() {
        return list.size();
      }
    };
  }

  /** The same; none if the list is absent or null. */
  List<Fields> listIfGiven(String name) {
    return given(name) ? list(name) : List.of();
  }

  /** The names of all members, for objects whose names are data. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  String text(String name) {
    JsonNode value = required(name);
    if (!value.isTextual()) {
      throw new InputException(path(name), "is " + kind(value) + "; give a text");
    }
    return value.textValue();
  }

  /** True and false, or the numbers one and zero. */
  boolean truth(String name) {
    JsonNode value = required(name);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    if (value.isNumber() && (number(name) == 0.0 || number(name) == 1.0)) {
      return number(name) == 1.0;
    }
    throw new InputException(path(name), "is " + value + "; give true or false, or 1 or 0");
  }

  /** An exact decimal, given as a number or as a text. */
  BigDecimal decimal(String name) {
    JsonNode value = required(name);
    if (value.isFloatingPointNumber() && !value.isBigDecimal() && !Double.isFinite(value.doubleValue())) {
      throw new InputException(path(name), "is " + value.asText() + "; give a finite number");
    }
    if (value.isNumber()) {
      return value.decimalValue();
    }
    if (!value.isTextual()) {
      throw new InputException(path(name), "is " + kind(value) + "; give a number");
    }
    String text = value.textValue();
    if (text.length() > MOST_DIGITS || !DECIMAL.matcher(text).matches()) {
      throw new InputException(path(name), "is \"" + shortened(text) + "\"; give a finite decimal number");
    }
    return new BigDecimal(text);
  }

  /** The double nearest to the decimal given. */
  double number(String name) {
    double value = decimal(name).doubleValue();
    if (!Double.isFinite(value)) {
      throw new InputException(path(name), "is beyond the range of numbers; check its scale");
    }
    if (Math.abs(value) > greatest.size) {
      greatest.size = Math.abs(value);
      greatest.path = path(name);
    }
    return value;
  }

  /** The same; zero if it is absent or null. */
  double numberIfGiven(String name) {
    return given(name) ? number(name) : 0.0;
  }

  double positive(String name) {
    double value = number(name);
    if (value <= 0.0) {
      throw new InputException(path(name), "is " + value + "; give a positive number");
    }
    return value;
  }

  double notNegative(String name) {
    double value = number(name);
    if (value < 0.0) {
      throw new InputException(path(name), "is " + value + "; give zero or more");
    }
    return value;
  }

  /** Zero or more, and zero for what a subtraction has left below it. */
  double increment(String name) {
    double value = number(name);
    return value < 0.0 && value >= -DUST ? 0.0 : notNegative(name);
  }

  /** A confidence; 1 if it is absent or null and nothing is charged by it. */
  double confidence(String name, boolean needed) {
    return needed || given(name) ? fraction(name) : 1.0;
  }

  double fraction(String name) {
    double value = notNegative(name);
    if (value > 1.0) {
      throw new InputException(path(name), "is " + value + "; give a fraction from 0 to 1");
    }
    return value;
  }

  long whole(String name) {
    double value = decimal(name).doubleValue();
    if (value != Math.rint(value) || Math.abs(value) > 1e15) {
      throw new InputException(path(name), "is " + value + "; give a whole number");
    }
    return (long) value;
  }

  /** Makes a value of this object; what the model refuses is refused under this object's path. */
  <T> T make(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (MarginException refused) {
      throw new InputException(path.isEmpty() ? "" : path + ":", refused.getMessage());
    }
  }

  /** Computes from the whole file; what overflows is refused under the greatest number that was read. */
  <T> T compute(Supplier<T> result) {
    try {
      return result.get();
    } catch (MarginException refused) {
      throw new InputException(greatest.path + ":", refused.getMessage() + "; this is the greatest number read");
    }
  }

  /** Refuses members that nothing has asked for: a misspelt one would otherwise be ignored. */
  void requireNoOthers() {
    for (String name : names()) {
      if (!asked.contains(name)) {
        throw new InputException(path(shortened(name)), "is not a field of the format; leave it out, or see docs/margin.md");
      }
    }
  }

  private JsonNode required(String name) {
    asked.add(name);
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      throw new InputException(path(name), "is absent; add it");
    }
    return value;
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case BOOLEAN -> "a truth value";
      case NUMBER -> "a number";
      case STRING, BINARY -> "a text";
      case NULL, MISSING -> "absent";
    };
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
