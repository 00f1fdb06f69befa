package io.ringfence.reserves;

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
}
