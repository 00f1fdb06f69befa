package io.ringfence.service.defaulting;

import io.ringfence.service.domain.MarginCall;
import io.ringfence.service.store.Entities;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A margin call that has not ended.
 *
 * @param deadline chain seconds
 * @param maintenance whether it was made for the maintenance margin, with the shorter deadline
 */
record OpenCall(long index, long callBlock, long deadline, boolean maintenance) {

  /** The venue's open calls by leaf index. */
  static Map<Long, OpenCall> of(Entities entities, int venue) {
    return entities
        .list(MarginCall.class, "from MarginCall where venue = :venue and state = 'open'", Map.of("venue", venue))
        .stream()
        .map(call -> new OpenCall(call.index(), call.calledBlock(), call.deadline(), call.maintenance()))
        .collect(Collectors.toMap(OpenCall::index, Function.identity()));
  }
}
