package io.ringfence.service.access;

import io.ringfence.service.store.Entities;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.List;
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
   * A key just issued: the only time its secret is seen.
   *
   * @param credential what is kept of it
   * @param text the key itself
   */
  public record Issued(Credential credential, String text) {}

  /** Issues a key; {@code venue} null: for every venue. */
  public Issued issue(Long venue, Role role, String name) {
    ApiKey key = ApiKey.random();
    return new Issued(keep(key, venue, role, name), key.text());
  }

  /** The credential of {@code text}, unless it is unknown, wrong or revoked: these look the same, in time too. */
  public Optional<Credential> check(String text) {
    ApiKey key = ApiKey.parse(text).orElse(NOBODY);
    Credential kept = entities.inTransaction(session -> session.find(Credential.class, key.id()));
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
    return entities.inTransaction(session -> session
        .createQuery("from Credential order by createdAt, id", Credential.class)
        .getResultList());
  }

  /** Keeps a key that was made elsewhere: the administrator's, from its file. One that is kept already stays as it is. */
  Credential keep(ApiKey key, Long venue, Role role, String name) {
    var fresh = new Credential(key.id(), venue, role, name, key.hash());
    return entities.inTransaction(session -> session.find(Credential.class, key.id())
        .chain(found -> found != null
            ? Uni.createFrom().item(found)
            : session.persist(fresh).replaceWith(fresh)));
  }
}
