package io.ringfence.margin.cli;

/** A file from which no margin can be computed. The message names the field, says what is wrong with it and what to do. */
final class InputException extends RuntimeException {

  InputException(String field, String problem) {
    super(field.isEmpty() ? problem : field + " " + problem);
  }
}
