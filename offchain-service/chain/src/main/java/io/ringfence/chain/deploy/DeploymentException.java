package io.ringfence.chain.deploy;

/** A deployment file that cannot be used, and why. */
public final class DeploymentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DeploymentException(String message, Throwable cause) {
    super(message, cause);
  }
}
