package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import org.hibernate.annotations.Immutable;

/** An instrument that a fill or a quote of the venue has named. */
@Entity
@Immutable
@Table(name = "instrument")
@IdClass(ListedInstrument.Key.class)
public class ListedInstrument {
  @Id
  private long venue;

  @Id
  private String name;

  private String underlying;

  @Column(name = "expires_at")
  private OffsetDateTime expiresAt;

  @Column(name = "first_seen")
  private OffsetDateTime firstSeen;

  /** What names one. */
  public record Key(long venue, String name) implements Serializable {}

  /** For Hibernate. */
  protected ListedInstrument() {}

  /** The venue. */
  public long venue() {
    return venue;
  }

  /** Its canonical name. */
  public String name() {
    return name;
  }

  /** What it is on. */
  public String underlying() {
    return underlying;
  }

  /** When it expires; null: never. */
  public OffsetDateTime expiresAt() {
    return expiresAt;
  }

  /** When the service first heard of it. */
  public OffsetDateTime firstSeen() {
    return firstSeen;
  }
}
