package io.ringfence.demo.scenario;

import java.math.BigDecimal;
import java.util.List;

/** What stands behind the venue before the replay starts, whole settlement tokens. */
public final class Funding {

  /** The venue's own tranche: more than 1% of all collateral. */
  public static final BigDecimal VENUE_TRANCHE = new BigDecimal("60000");

  /** The members' deposits. */
  public static final List<BigDecimal> MEMBERS = List.of(new BigDecimal("350000"), new BigDecimal("250000"));

  /** What an owner who tops up pays in. */
  public static final BigDecimal TOP_UP = new BigDecimal("40000");

  /** What each keeper has to pay with. */
  public static final BigDecimal KEEPER = new BigDecimal("2000000");

  private Funding() {}
}
