package io.ringfence.service.defaulting;

import io.ringfence.service.margin.StaleQuote;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Margins under a root rest on old quotes: their accounts are not declared in default under it. */
final class StaleMarginsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleMarginsException(Map<Long, List<StaleQuote>> stale) {
    super(stale.size() + " accounts are not declared in default while their margins are stale: " + stale.values().stream().flatMap(Collection::stream)
        .map(StaleQuote::toString).collect(Collectors.toCollection(TreeSet::new)));
  }
}
