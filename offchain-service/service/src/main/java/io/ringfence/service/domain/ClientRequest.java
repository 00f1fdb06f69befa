package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** What a client-made id was first used for, and what was answered. */
@Entity
@Immutable
@Table(name = "request")
@IdClass(ClientRequest.Key.class)
public class ClientRequest {
  @Id
  private long venue;

  @Id
  private String kind;

  @Id
  @Column(name = "client_id")
  private String clientId;

  @Column(name = "body_hash")
  private String bodyHash;

  @Column(name = "response")
  @ColumnTransformer(read = "response ->> 'venueSignature'", write = "jsonb_build_object('venueSignature', cast(? as text))")
  private String signature;

  /** What names one: ids are each venue's and kind's own. */
  public record Key(long venue, String kind, String clientId) implements Serializable {}

  /** For Hibernate. */
  protected ClientRequest() {}

  /** The request named by {@code key}, whose content has {@code bodyHash}, and the signature that answers it. */
  public ClientRequest(Key key, String bodyHash, String signature) {
    this.venue = key.venue();
    this.kind = key.kind();
    this.clientId = key.clientId();
    this.bodyHash = bodyHash;
    this.signature = signature;
  }

  /** Tells whether a later request under this id asks the same. */
  public String bodyHash() {
    return bodyHash;
  }

  /** The venue's signature that answered it. */
  public String signature() {
    return signature;
  }
}
