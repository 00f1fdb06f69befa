package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.reserves.CloseOutReport;
import io.ringfence.reserves.Hash;
import io.ringfence.service.epoch.Wire;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import java.math.BigInteger;
import java.util.Optional;

/**
 * What closing a defaulter's positions came to.
 *
 * @param finalNet cumulative net result with every position closed, settlement units, signed
 * @param evidence Keccak-256 of {@code fills}
 * @param fills the close-out's trades in canonical JSON
 */
record CloseOut(int venue, long index, Address account, BigInteger finalNet, Hash evidence, String fills) {

  /** The report that venue and attestors sign. */
  CloseOutReport report() {
    return new CloseOutReport(venue, Wire.address(account), index, finalNet, evidence);
  }

  /** The stored close-out of a pledge, if there is one. */
  static Optional<CloseOut> find(Sql sql, int venue, long index) {
    return sql.row("SELECT account, final_net, evidence, fills FROM close_out WHERE venue = $1 AND idx = $2", venue, index)
        .map(row -> new CloseOut(
            venue,
            index,
            new Address(row.getString("account")),
            Exact.whole(row, "final_net"),
            Hash.fromHex(row.getString("evidence")),
            row.getString("fills")));
  }
}
