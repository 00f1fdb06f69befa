package io.ringfence.service.access;

import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Decides whether the bearer of an API key may do something on a venue, whatever it came by. */
@ApplicationScoped
public class Gate {
  private static final String SCHEME = "Bearer ";

  private final ApiKeys keys;

  /** Checking against {@code keys}. */
  public Gate(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * The credential that lets a request through: with one of {@code roles}, on {@code venue}; an administrator's always does.
   *
   * @param authorization the header of that name; null if there was none
   * @param venue as the path has it; null: the path names no venue
   * @throws ProblemException 401 without a key that is good, 403 if it is for something else
   */
  public Credential require(String authorization, String venue, Role... roles) {
    if (authorization == null || !authorization.startsWith(SCHEME)) {
      throw ProblemException.of(ProblemKind.NO_CREDENTIAL, "send an API key: Authorization: Bearer rf_...");
    }
    Credential credential = keys.check(authorization.substring(SCHEME.length()).strip())
        .orElseThrow(() -> ProblemException.of(ProblemKind.NO_CREDENTIAL, "this API key is unknown, wrong or revoked"));
    if (credential.role() == Role.ADMIN) {
      return credential;
    }
    if (Arrays.stream(roles).noneMatch(role -> role == credential.role())) {
      throw ProblemException.of(ProblemKind.NOT_ALLOWED, "this needs the role "
          + Arrays.stream(roles).map(Role::text).collect(Collectors.joining(" or ")) + "; the key has " + credential.role().text());
    }
    if (venue != null && !venue.equals(String.valueOf(credential.venue()))) {
      throw ProblemException.of(ProblemKind.NOT_ALLOWED, "this key is for venue " + credential.venue() + ", not for " + venue);
    }
    return credential;
  }
}
