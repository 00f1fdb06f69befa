package io.ringfence.chain.read;

/** A contract refused a call with one of its own errors. */
public final class CallRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final transient Revert revert;

  public CallRefusedException(String call, Revert revert, Throwable cause) {
    super(call + " refused: " + revert, cause);
    this.revert = revert;
  }

  /** What the contract said. */
  public Revert revert() {
    return revert;
  }
}
