package io.ringfence.service.defaulting;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * A margin call that has not ended.
 *
 * @param deadline chain seconds
 * @param maintenance whether it was made for the maintenance margin, with the shorter deadline
 */
record OpenCall(long index, long callBlock, long deadline, boolean maintenance) {

  /** The venue's open calls by leaf index. */
  static Map<Long, OpenCall> of(Handle handle, int venue) {
    Map<Long, OpenCall> calls = new HashMap<>();
    handle.createQuery("SELECT idx, called_block, deadline, maintenance FROM margin_call WHERE venue = :venue AND state = 'open'")
        .bind("venue", venue)
        .map((row, context) -> new OpenCall(
            row.getLong("idx"), row.getLong("called_block"), row.getLong("deadline"), row.getBoolean("maintenance")))
        .forEach(call -> calls.put(call.index(), call));
    return calls;
  }
}
