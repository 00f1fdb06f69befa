package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.service.domain.DefaultCase;
import io.ringfence.service.store.Entities;
import java.util.List;
import java.util.Map;

/**
 * A default that is not resolved yet.
 *
 * @param state {@code closing-out}, {@code reported} or {@code loss-fixed}
 */
record OpenCase(Address account, long index, String state) {

  /** The venue's open cases by leaf index. */
  static List<OpenCase> of(Entities entities, int venue) {
    return entities
        .list(DefaultCase.class, "from DefaultCase where venue = :venue and state <> 'resolved' order by index", Map.of("venue", venue))
        .stream()
        .map(one -> new OpenCase(new Address(one.account()), one.index(), one.state()))
        .toList();
  }
}
