package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.reserves.CloseOutReport;
import io.ringfence.reserves.Hash;
import io.ringfence.service.epoch.Wire;
import java.math.BigInteger;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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
  static Optional<CloseOut> find(Handle handle, int venue, long index) {
    return handle.createQuery("SELECT account, final_net, evidence, fills FROM close_out WHERE venue = :venue AND idx = :index")
        .bind("venue", venue)
        .bind("index", index)
        .map((row, context) -> new CloseOut(
            venue,
            index,
            new Address(row.getString("account")),
            row.getBigDecimal("final_net").toBigIntegerExact(),
            Hash.fromHex(row.getString("evidence")),
            row.getString("fills")))
        .findOne();
  }
}
