package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** A margin call, open or ended. */
@Entity
@Immutable
@Table(name = "margin_call")
public class MarginCall {
  @Id
  private long id;

  private String account;

  private long venue;

  @Column(name = "idx")
  private long index;

  private long epoch;

  @Column(name = "initial_margin")
  private BigInteger initialMargin;

  private long deadline;

  private boolean maintenance;

  private String caller;

  @Column(name = "called_block")
  private long calledBlock;

  private String state;

  @Column(name = "ended_block")
  private Long endedBlock;

  /** For Hibernate. */
  protected MarginCall() {}

  /** Its journal entry. */
  public long id() {
    return id;
  }

  /** The account that is called. */
  public String account() {
    return account;
  }

  /** The venue. */
  public long venue() {
    return venue;
  }

  /** The leaf index. */
  public long index() {
    return index;
  }

  /** The root that shows it short. */
  public long epoch() {
    return epoch;
  }

  /** The requirement it does not meet, settlement units. */
  public BigInteger initialMargin() {
    return initialMargin;
  }

  /** Until when it can be cured, chain seconds. */
  public long deadline() {
    return deadline;
  }

  /** Whether it is short of its maintenance margin too, with the nearer deadline. */
  public boolean maintenance() {
    return maintenance;
  }

  /** Who called. */
  public String caller() {
    return caller;
  }

  /** The block of the call. */
  public long calledBlock() {
    return calledBlock;
  }

  /** {@code open}, {@code cured}, {@code lapsed} or {@code defaulted}. */
  public String state() {
    return state;
  }

  /** The block it ended in; null while it is open. */
  public Long endedBlock() {
    return endedBlock;
  }
}
