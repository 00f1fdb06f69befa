package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** One pledge of an account to a venue, over or not; its index is never used again. */
@Entity
@Immutable
@Table(name = "pledge")
@IdClass(Pledge.Key.class)
public class Pledge {
  @Id
  private long venue;

  @Id
  @Column(name = "idx")
  private long index;

  private String account;

  @Column(name = "policy_version")
  private long policyVersion;

  @Column(name = "debit_cap")
  private BigInteger debitCap;

  @Column(name = "from_block")
  private long fromBlock;

  @Column(name = "to_block")
  private Long toBlock;

  /** What names one. */
  public record Key(long venue, long index) implements Serializable {}

  /** For Hibernate. */
  protected Pledge() {}

  /** The venue. */
  public long venue() {
    return venue;
  }

  /** The leaf index. */
  public long index() {
    return index;
  }

  /** The account. */
  public String account() {
    return account;
  }

  /** The policy version that its owner signed. */
  public long policyVersion() {
    return policyVersion;
  }

  /** What may be taken of it in a day, settlement units. */
  public BigInteger debitCap() {
    return debitCap;
  }

  /** The block it began in. */
  public long fromBlock() {
    return fromBlock;
  }

  /** The block it ended in; null while it lasts. */
  public Long toBlock() {
    return toBlock;
  }
}
