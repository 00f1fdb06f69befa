package io.ringfence.service.feed;

/** A row that cannot be used, and the field that is why. */
final class BadRowException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String field;

  BadRowException(String field, String detail) {
    super(detail);
    this.field = field;
  }

  String field() {
    return field;
  }
}
