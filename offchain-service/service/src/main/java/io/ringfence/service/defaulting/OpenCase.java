package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.service.store.Sql;
import java.util.List;

/**
 * A default that is not resolved yet.
 *
 * @param state {@code closing-out}, {@code reported} or {@code loss-fixed}
 * @param declaredTime chain seconds
 * @param reportedTime chain seconds; 0 before the report
 */
record OpenCase(Address account, long index, String state, long declaredTime, long reportedTime) {

  /** The venue's open cases by leaf index. */
  static List<OpenCase> of(Sql sql, int venue) {
    return sql.rows("""
            SELECT account, idx, state, declared_time, coalesce(reported_time, 0) AS reported_time
            FROM default_case WHERE venue = $1 AND state <> 'resolved' ORDER BY idx
            """, venue).stream()
        .map(row -> new OpenCase(
            new Address(row.getString("account")),
            row.getLong("idx"),
            row.getString("state"),
            row.getLong("declared_time"),
            row.getLong("reported_time")))
        .toList();
  }
}
