package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.venue.ChainAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws the waterfall of defaults whose loss is fixed and for which nothing is left to sell. */
final class Resolver {

  private final ChainAccess chain;

  Resolver(ChainAccess chain) {
    this.chain = chain;
  }

  Map<String, Call> resolve(Root root, List<OpenCase> cases, List<OpenLot> lots) {
    Map<String, Call> due = new LinkedHashMap<>();
    for (OpenCase open : cases) {
      boolean onSale = lots.stream().anyMatch(lot -> lot.index() == open.index());
      if (open.state().equals("loss-fixed") && !onSale && (nothingToSell(open) || needsNothing(open))) {
        due.put(IntentIds.of("resolve", open.index(), root), chain.calls().resolve(open.account()));
      }
    }
    return due;
  }

  private boolean needsNothing(OpenCase open) {
    return chain.contracts().defaults().need(open.account()).signum() == 0;
  }

  private boolean nothingToSell(OpenCase open) {
    return chain.contracts().defaults().caseOf(open.account()).toSell() == 0;
  }
}
