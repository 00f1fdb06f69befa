package io.ringfence.service.epoch;

/** An attestor came to another result. */
public class AttestationRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Refused for {@code reason}. */
  public AttestationRefusedException(String reason) {
    super("an attestor refuses to sign: " + reason);
  }
}
