package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import java.math.BigInteger;
import java.util.List;

/**
 * A default whose loss the chain fixed without a report, and which the venue's book has not followed yet; its account may be released
 * already.
 *
 * @param finalNet the net result that the chain fixed, settlement units
 */
record UnreportedCase(Address account, long index, BigInteger finalNet) {

  /** The venue's, by leaf index. */
  static List<UnreportedCase> of(Sql sql, int venue) {
    return sql.rows("""
            SELECT account, idx, final_net FROM default_case
            WHERE venue = $1 AND state IN ('loss-fixed', 'resolved') AND reported_block IS NULL AND final_net IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM fill WHERE fill.venue = $1 AND client_id = '~closeout:' || default_case.idx || ':' || $2::text)
            ORDER BY idx
            """, venue, BookCloser.AS_FIXED)
        .stream()
        .map(row -> new UnreportedCase(new Address(row.getString("account")), row.getLong("idx"), Exact.whole(row, "final_net")))
        .toList();
  }
}
