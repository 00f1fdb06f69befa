package io.ringfence.service.access;

import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;

/** Whose request this is. */
@RequestScoped
public class Caller {
  private Credential credential;

  /** The key it came with; empty where none is needed. */
  public Optional<Credential> credential() {
    return Optional.ofNullable(credential);
  }

  void is(Credential known) {
    credential = known;
  }
}
