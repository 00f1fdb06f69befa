package io.ringfence.reserves;

import java.util.List;

/** Presence of a record's fields, reported like every other fault of the input. */
final class Required {
  private Required() {}

  /** Throws {@link WireFormatException} naming the field if there is no value. */
  static <T> T present(T value, String field) {
    if (value == null) {
      throw new WireFormatException(field, "is missing");
    }
    return value;
  }

  /** An immutable copy; throws {@link WireFormatException} naming the field, or the element, that is missing. */
  static <T> List<T> allPresent(List<T> values, String field) {
    int index = 0;
    for (T value : present(values, field)) {
      present(value, field + "[" + index++ + "]");
    }
    return List.copyOf(values);
  }
}
