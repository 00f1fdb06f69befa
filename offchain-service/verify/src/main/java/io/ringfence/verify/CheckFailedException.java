package io.ringfence.verify;

/** A check did not pass; its message says what was found and what should have been. */
final class CheckFailedException extends Exception {

  private static final long serialVersionUID = 1;

  private final Check check;

  CheckFailedException(Check check, String found) {
    super(found);
    this.check = check;
  }

  Check check() {
    return check;
  }
}
