package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A root of the venue's making, without its leaves: what was signed, and whether the chain has it. JSON is as in {@code docs/wire.md}. */
@Entity
@Immutable
@Table(name = "epoch")
@IdClass(Epoch.Key.class)
public class Epoch {
  @Id
  private long venue;

  @Id
  private long epoch;

  @Column(name = "snapshot_block")
  private long snapshotBlock;

  @Column(name = "struct_hash")
  private String structHash;

  @ColumnTransformer(read = "cast(header as text)")
  private String header;

  @ColumnTransformer(read = "cast(prices as text)")
  private String prices;

  @ColumnTransformer(read = "cast(market as text)")
  private String market;

  @Column(name = "params")
  @ColumnTransformer(read = "cast(params as text)")
  private String parameters;

  @ColumnTransformer(read = "cast(signatures as text)")
  private String signatures;

  private boolean settles;

  private String state;

  @Column(name = "posted_tx")
  private String postedTx;

  @Column(name = "posted_block")
  private Long postedBlock;

  /** What names one. */
  public record Key(long venue, long epoch) implements Serializable {}

  /** For Hibernate. */
  protected Epoch() {}

  /** The venue. */
  public long venue() {
    return venue;
  }

  /** Its number, from 1. */
  public long epoch() {
    return epoch;
  }

  /** The block whose balances it counts. */
  public long snapshotBlock() {
    return snapshotBlock;
  }

  /** EIP-712 struct hash of the header. */
  public String structHash() {
    return structHash;
  }

  /** The header, as JSON. */
  public String header() {
    return header;
  }

  /** Its prices, as JSON. */
  public String prices() {
    return prices;
  }

  /** The quotes that its prices commit to, as JSON. */
  public String market() {
    return market;
  }

  /** The preimage of its parameters' hash, as JSON. */
  public String parameters() {
    return parameters;
  }

  /** The signatures, as JSON. */
  public String signatures() {
    return signatures;
  }

  /** Whether it settles. */
  public boolean settles() {
    return settles;
  }

  /** {@code signed} or {@code posted}. */
  public String state() {
    return state;
  }

  /** The transaction that posted it; null until it is known. */
  public String postedTx() {
    return postedTx;
  }

  /** That transaction's block; null until it is known. */
  public Long postedBlock() {
    return postedBlock;
  }
}
