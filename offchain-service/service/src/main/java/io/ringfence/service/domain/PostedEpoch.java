package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** A root that the chain has, whoever sent it. */
@Entity
@Immutable
@Table(name = "posted_epoch")
@IdClass(PostedEpoch.Key.class)
public class PostedEpoch {
  @Id
  private long venue;

  @Id
  private long epoch;

  @Column(name = "struct_hash")
  private String structHash;

  private long block;

  private long time;

  private boolean settles;

  /** What names one. */
  public record Key(long venue, long epoch) implements Serializable {}

  /** For Hibernate. */
  protected PostedEpoch() {}

  /** The venue. */
  public long venue() {
    return venue;
  }

  /** Its number, from 1. */
  public long epoch() {
    return epoch;
  }

  /** EIP-712 struct hash of the header. */
  public String structHash() {
    return structHash;
  }

  /** The block that took it. */
  public long block() {
    return block;
  }

  /** That block's time, chain seconds. */
  public long time() {
    return time;
  }

  /** Whether it settles. */
  public boolean settles() {
    return settles;
  }
}
