package io.ringfence.verify;

/** Input that is refused: the message says where it is, what is wrong and, where that is not plain, what to do. */
final class InputException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InputException(String where, String what) {
    super(where + " " + what);
  }
}
