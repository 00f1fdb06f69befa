package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * A default that is not resolved yet.
 *
 * @param state {@code closing-out}, {@code reported} or {@code loss-fixed}
 * @param declaredTime chain seconds
 * @param reportedTime chain seconds; 0 before the report
 */
record OpenCase(Address account, long index, String state, long declaredTime, long reportedTime) {

  /** The venue's open cases by leaf index. */
  static List<OpenCase> of(Handle handle, int venue) {
    return handle.createQuery("""
            SELECT account, idx, state, declared_time, coalesce(reported_time, 0) AS reported_time
            FROM default_case WHERE venue = :venue AND state <> 'resolved' ORDER BY idx
            """)
        .bind("venue", venue)
        .map((row, context) -> new OpenCase(
            new Address(row.getString("account")),
            row.getLong("idx"),
            row.getString("state"),
            row.getLong("declared_time"),
            row.getLong("reported_time")))
        .list();
  }
}
