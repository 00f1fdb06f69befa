package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import java.math.BigInteger;
import java.util.List;

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
  static List<OpenLot> of(Sql sql, int venue) {
    return sql.rows("SELECT * FROM auction_lot WHERE venue = $1 AND state = 'live' ORDER BY lot", venue).stream()
        .map(row -> new OpenLot(
            Exact.whole(row, "lot"),
            row.getLong("idx"),
            new Address(row.getString("account")),
            new Address(row.getString("token")),
            Exact.whole(row, "remaining"),
            Exact.whole(row, "floor_price"),
            row.getLong("start_time") + row.getLong("duration"),
            row.getInteger("resets")))
        .toList();
  }
}
