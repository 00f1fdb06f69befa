package io.ringfence.service.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

/** An API key as it is kept: its secret only as a hash. */
@Entity
@Table(name = "credential")
public class Credential {
  @Id
  private String id;

  private Long venue;
  private String role;
  private String name;

  @Column(name = "secret_hash")
  private byte[] secretHash;

  @Column(name = "client_id")
  private String clientId;

  @Column(name = "created_at")
  private OffsetDateTime createdAt;

  @Column(name = "revoked_at")
  private OffsetDateTime revokedAt;

  /** For Hibernate. */
  protected Credential() {}

  Credential(String id, String clientId, Long venue, Role role, String name, byte[] secretHash) {
    this.id = id;
    this.clientId = clientId;
    this.venue = venue;
    this.role = role.text();
    this.name = name;
    this.secretHash = secretHash.clone();
    this.createdAt = OffsetDateTime.now(ZoneOffset.UTC);
  }

  /** The public part of the key. */
  public String id() {
    return id;
  }

  /** The client-made id that it was issued under; null for the administrator's, which comes from a file. */
  public String clientId() {
    return clientId;
  }

  /** The venue it is for; null: every venue. */
  public Long venue() {
    return venue;
  }

  /** What it may do. */
  public Role role() {
    return Role.of(role);
  }

  /** Whose it is, in its issuer's words. */
  public String name() {
    return name;
  }

  /** When it was issued. */
  public OffsetDateTime createdAt() {
    return createdAt;
  }

  /** When it was revoked; null while it is good. */
  public OffsetDateTime revokedAt() {
    return revokedAt;
  }

  byte[] secretHash() {
    return secretHash.clone();
  }

  /** Whether it is what a request for these would get. */
  boolean is(Long wantedVenue, Role wantedRole, String wantedName) {
    return Objects.equals(venue, wantedVenue) && role() == wantedRole && name.equals(wantedName);
  }

  void revoke() {
    if (revokedAt == null) {
      revokedAt = OffsetDateTime.now(ZoneOffset.UTC);
    }
  }
}
