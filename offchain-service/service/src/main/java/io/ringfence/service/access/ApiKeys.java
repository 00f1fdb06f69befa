package io.ringfence.service.access;

import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Entities;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Issues, checks and revokes API keys. Safe for use by many threads. */
@ApplicationScoped
public class ApiKeys {
  private static final ApiKey NOBODY = new ApiKey("0".repeat(16), "0".repeat(64));

  private final Entities entities;

  /** Kept among these entities. */
  public ApiKeys(Entities entities) {
    this.entities = entities;
  }

  /**
   * What a request for a key got.
   *
   * @param credential what is kept of the key
   * @param text the key itself, the only time its secret is seen; empty if the request was a retry
   */
  public record Issued(Credential credential, Optional<String> text) {}

  /**
   * Issues a key, once for each {@code clientId}: a retry gets the credential again, without the secret, which is kept nowhere.
   *
   * @param clientId made by the client
   * @param venue null: every venue
   * @throws ProblemException 409 if the id was used for another role, venue or name
   */
  public Issued issue(String clientId, Long venue, Role role, String name) {
    ApiKey key = ApiKey.random();
    var fresh = new Credential(key.id(), clientId, venue, role, name, key.hash());
    Credential kept = entities.findOrKeep(session -> Entities
        .list(session, Credential.class, "from Credential where clientId = :id", Map.of("id", clientId))
        .map(found -> found.isEmpty() ? null : found.getFirst()), fresh);
    if (!kept.is(venue, role, name)) {
      throw new ProblemException(Problem.of(ProblemKind.CONFLICT,
          "id: " + clientId + " was used for another key, for " + kept.role().text() + " named " + kept.name()).with("field", "id"));
    }
    return new Issued(kept, kept.id().equals(key.id()) ? Optional.of(key.text()) : Optional.empty());
  }

  /** The credential of {@code text}, unless it is unknown, wrong or revoked: these look the same, in time too. */
  public Optional<Credential> check(String text) {
    ApiKey key = ApiKey.parse(text).orElse(NOBODY);
    Credential kept = entities.find(Credential.class, key.id()).orElse(null);
    byte[] expected = kept == null ? new byte[NOBODY.hash().length] : kept.secretHash();
    boolean equal = MessageDigest.isEqual(expected, key.hash());
    return equal && kept != null && kept.revokedAt() == null ? Optional.of(kept) : Optional.empty();
  }

  /** Revokes a key at once; again is no harm. Empty if there is no such key. */
  public Optional<Credential> revoke(String id) {
    return Optional.ofNullable(entities.inTransaction(session -> session.find(Credential.class, id).invoke(found -> {
      if (found != null) {
        found.revoke();
      }
    })));
  }

  /** All keys ever issued, without their secrets. */
  public List<Credential> all() {
    return entities.list(Credential.class, "from Credential order by createdAt, id", Map.of());
  }

  /** Keeps a key that was made elsewhere: the administrator's, from its file. One that is kept already stays as it is. */
  Credential keep(ApiKey key, Long venue, Role role, String name) {
    return entities.findOrKeep(
        session -> session.find(Credential.class, key.id()), new Credential(key.id(), null, venue, role, name, key.hash()));
  }
}
