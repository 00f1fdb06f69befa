package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** A venue as the registry has it: a projection of its events. */
@Entity
@Immutable
@Table(name = "venue")
public class RegisteredVenue {
  @Id
  private long id;

  @Column(name = "venue_key")
  private String venueKey;

  @Column(name = "settlement_asset")
  private String settlementAsset;

  private String pool;

  private String fund;

  @Column(name = "policy_version")
  private long policyVersion;

  private String[] attestors;

  private Integer threshold;

  private long block;

  /** For Hibernate. */
  protected RegisteredVenue() {}

  /** Its number, from 1. */
  public long id() {
    return id;
  }

  /** Address of the key that signs for it. */
  public String venueKey() {
    return venueKey;
  }

  /** The token that everything is settled in. */
  public String settlementAsset() {
    return settlementAsset;
  }

  /** Its settlement pool. */
  public String pool() {
    return pool;
  }

  /** Its default fund. */
  public String fund() {
    return fund;
  }

  /** The newest policy version. */
  public long policyVersion() {
    return policyVersion;
  }

  /** Addresses of its attestors; none before its first policy. */
  public List<String> attestors() {
    return attestors == null ? List.of() : List.of(attestors);
  }

  /** How many of them must sign; null before its first policy. */
  public Integer threshold() {
    return threshold;
  }

  /** The block that registered it. */
  public long block() {
    return block;
  }
}
