package io.ringfence.service.domain;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** A token that a venue takes as collateral, by its newest policy. */
@Entity
@Immutable
@Table(name = "venue_asset")
@IdClass(AcceptedAsset.Key.class)
public class AcceptedAsset {
  @Id
  private long venue;

  @Id
  private int position;

  private String token;

  private int decimals;

  @Column(name = "haircut_bps")
  private int haircutBps;

  private String feed;

  @Column(name = "feed_decimals")
  private int feedDecimals;

  @Column(name = "max_age")
  private long maxAge;

  /** What names one. */
  public record Key(long venue, int position) implements Serializable {}

  /** For Hibernate. */
  protected AcceptedAsset() {}

  /** The venue. */
  public long venue() {
    return venue;
  }

  /** Its place in the policy: 0 is the settlement asset. */
  public int position() {
    return position;
  }

  /** The token. */
  public String token() {
    return token;
  }

  /** Its decimals. */
  public int decimals() {
    return decimals;
  }

  /** What is taken off its value, basis points. */
  public int haircutBps() {
    return haircutBps;
  }

  /** Its price feed. */
  public String feed() {
    return feed;
  }

  /** Decimals of that feed. */
  public int feedDecimals() {
    return feedDecimals;
  }

  /** How old a price may be, seconds. */
  public long maxAge() {
    return maxAge;
  }
}
