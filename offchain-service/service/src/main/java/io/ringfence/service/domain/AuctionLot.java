package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigInteger;
import org.hibernate.annotations.Immutable;

/** A lot of a defaulter's collateral, on sale or sold. */
@Entity
@Immutable
@Table(name = "auction_lot")
public class AuctionLot {
  @Id
  private BigInteger lot;

  private String account;

  private long venue;

  @Column(name = "idx")
  private long index;

  private String token;

  private BigInteger amount;

  private BigInteger remaining;

  @Column(name = "start_price")
  private BigInteger startPrice;

  @Column(name = "floor_price")
  private BigInteger floorPrice;

  @Column(name = "start_time")
  private long startTime;

  private long duration;

  private int resets;

  private String state;

  @Column(name = "started_block")
  private long startedBlock;

  private BigInteger unsold;

  /** For Hibernate. */
  protected AuctionLot() {}

  /** Its number: pledge and asset, so a lot that was closed can be live again under the same. */
  public BigInteger lot() {
    return lot;
  }

  /** Whose collateral it is. */
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

  /** What is sold. */
  public String token() {
    return token;
  }

  /** How much of it, when the sale began, smallest units. */
  public BigInteger amount() {
    return amount;
  }

  /** How much is left, smallest units. */
  public BigInteger remaining() {
    return remaining;
  }

  /** The run's first price, settlement units for 1e18 smallest units. */
  public BigInteger startPrice() {
    return startPrice;
  }

  /** The run's last price, settlement units for 1e18 smallest units. */
  public BigInteger floorPrice() {
    return floorPrice;
  }

  /** When the run began, chain seconds. */
  public long startTime() {
    return startTime;
  }

  /** How long it takes, seconds. */
  public long duration() {
    return duration;
  }

  /** How often it began anew. */
  public int resets() {
    return resets;
  }

  /** {@code live} or {@code closed}. */
  public String state() {
    return state;
  }

  /** The block in which it was put on sale, last. */
  public long startedBlock() {
    return startedBlock;
  }

  /** What was not sold, smallest units; null while it is live. */
  public BigInteger unsold() {
    return unsold;
  }
}
