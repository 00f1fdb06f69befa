package io.ringfence.service.defaulting;

import io.ringfence.service.store.Sql;
import java.util.HashMap;
import java.util.Map;

/**
 * A margin call that has not ended.
 *
 * @param deadline chain seconds
 * @param maintenance whether it was made for the maintenance margin, with the shorter deadline
 */
record OpenCall(long index, long callBlock, long deadline, boolean maintenance) {

  /** The venue's open calls by leaf index. */
  static Map<Long, OpenCall> of(Sql sql, int venue) {
    Map<Long, OpenCall> calls = new HashMap<>();
    sql.rows("SELECT idx, called_block, deadline, maintenance FROM margin_call WHERE venue = $1 AND state = 'open'", venue).stream()
        .map(row -> new OpenCall(
            row.getLong("idx"), row.getLong("called_block"), row.getLong("deadline"), row.getBoolean("maintenance")))
        .forEach(call -> calls.put(call.index(), call));
    return calls;
  }
}
