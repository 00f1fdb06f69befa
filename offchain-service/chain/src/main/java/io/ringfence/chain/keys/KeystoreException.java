package io.ringfence.chain.keys;

/** A keystore that cannot be used, and why. */
public final class KeystoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public KeystoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
