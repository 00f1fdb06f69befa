package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** One default, from its declaration to how its loss was borne. Amounts are settlement units. */
@Entity
@Immutable
@Table(name = "default_case")
@IdClass(DefaultCase.Key.class)
public class DefaultCase {
  @Id
  private long venue;

  @Id
  @Column(name = "idx")
  private long index;

  private String account;

  private String state;

  private long epoch;

  private BigInteger owed;

  private String declarer;

  @Column(name = "declared_block")
  private long declaredBlock;

  @Column(name = "declared_time")
  private long declaredTime;

  @Column(name = "reported_time")
  private Long reportedTime;

  @Column(name = "final_net")
  private BigInteger finalNet;

  private String evidence;

  private BigInteger loss;

  @Column(name = "from_account")
  private BigInteger fromAccount;

  @Column(name = "from_venue")
  private BigInteger fromVenue;

  @Column(name = "from_members")
  private BigInteger fromMembers;

  private BigInteger shortfall;

  private BigInteger reward;

  private BigInteger penalty;

  @Column(name = "resolved_block")
  private Long resolvedBlock;

  /** What names one. */
  public record Key(long venue, long index) implements Serializable {}

  /** For Hibernate. */
  protected DefaultCase() {}

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

  /** {@code closing-out}, {@code reported}, {@code loss-fixed} or {@code resolved}. */
  public String state() {
    return state;
  }

  /** The root that proved it. */
  public long epoch() {
    return epoch;
  }

  /** What the account owed under that root. */
  public BigInteger owed() {
    return owed;
  }

  /** Who declared it. */
  public String declarer() {
    return declarer;
  }

  /** The block of the declaration. */
  public long declaredBlock() {
    return declaredBlock;
  }

  /** Its time, chain seconds. */
  public long declaredTime() {
    return declaredTime;
  }

  /** The time of the close-out report, chain seconds; null before it. */
  public Long reportedTime() {
    return reportedTime;
  }

  /** The result with every position closed, signed; null before the report. */
  public BigInteger finalNet() {
    return finalNet;
  }

  /** Hash of the close-out's trades; null before the report. */
  public String evidence() {
    return evidence;
  }

  /** The loss; null until it is fixed. */
  public BigInteger loss() {
    return loss;
  }

  /** What the account bore; null until it is resolved. */
  public BigInteger fromAccount() {
    return fromAccount;
  }

  /** What the venue's tranche bore; null until it is resolved. */
  public BigInteger fromVenue() {
    return fromVenue;
  }

  /** What the members' tranche bore; null until it is resolved. */
  public BigInteger fromMembers() {
    return fromMembers;
  }

  /** What nobody bore; null until it is resolved. */
  public BigInteger shortfall() {
    return shortfall;
  }

  /** What its declarer earned; null until it is resolved. */
  public BigInteger reward() {
    return reward;
  }

  /** What the account paid on top; null until it is resolved. */
  public BigInteger penalty() {
    return penalty;
  }

  /** The block it was resolved in; null until then. */
  public Long resolvedBlock() {
    return resolvedBlock;
  }
}
