package io.ringfence.service.domain;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** Somebody took some of a lot. */
@Entity
@Immutable
@Table(name = "take")
public class LotTake {
  @Id
  private long id;

  private BigInteger lot;

  private String taker;

  private BigInteger amount;

  private BigInteger price;

  private BigInteger payment;

  private long block;

  /** For Hibernate. */
  protected LotTake() {}

  /** Its journal entry. */
  public long id() {
    return id;
  }

  /** The lot. */
  public BigInteger lot() {
    return lot;
  }

  /** Who; null: the venue's own tranche, at the floor. */
  public String taker() {
    return taker;
  }

  /** How much, smallest units. */
  public BigInteger amount() {
    return amount;
  }

  /** At what price, settlement units for 1e18 smallest units; null if by the fund. */
  public BigInteger price() {
    return price;
  }

  /** What was paid, settlement units. */
  public BigInteger payment() {
    return payment;
  }

  /** The block. */
  public long block() {
    return block;
  }
}
