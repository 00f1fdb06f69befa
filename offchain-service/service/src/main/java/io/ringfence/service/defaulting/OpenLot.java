package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import java.math.BigInteger;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A live auction lot as the ledger last saw it.
 *
 * @param remaining smallest units of {@code token}
 * @param floorPrice settlement units for 1e18 smallest units
 * @param endsAt when its run is over, chain seconds
 */
record OpenLot(
    BigInteger lot, long index, Address account, Address token, BigInteger remaining, BigInteger floorPrice, long endsAt, int resets) {

  private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(18);

  /** What it brings in at least if all of it is taken, settlement units. */
  BigInteger atFloor() {
    return remaining.multiply(floorPrice).divide(PRICE_UNIT);
  }

  /** The venue's live lots. */
  static List<OpenLot> of(Handle handle, int venue) {
    return handle.createQuery("SELECT * FROM auction_lot WHERE venue = :venue AND state = 'live' ORDER BY lot")
        .bind("venue", venue)
        .map((row, context) -> new OpenLot(
            row.getBigDecimal("lot").toBigIntegerExact(),
            row.getLong("idx"),
            new Address(row.getString("account")),
            new Address(row.getString("token")),
            row.getBigDecimal("remaining").toBigIntegerExact(),
            row.getBigDecimal("floor_price").toBigIntegerExact(),
            row.getLong("start_time") + row.getLong("duration"),
            row.getInt("resets")))
        .list();
  }
}
