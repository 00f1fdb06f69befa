package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.venue.ChainAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells the default manager what the newest root says a defaulter owes, so that auctions sell enough and not more. */
final class OwedRefresher {

  private final ChainAccess chain;

  OwedRefresher(ChainAccess chain) {
    this.chain = chain;
  }

  Map<String, Call> refresh(Root root, List<Judgement> judgements) {
    Map<String, Call> due = new LinkedHashMap<>();
    for (Judgement judgement : judgements) {
      boolean open = judgement.status() == AccountStatus.CLOSING_OUT;
      if (open && !chain.contracts().defaults().caseOf(judgement.account()).owed().equals(judgement.owed())) {
        due.put(IntentIds.of("owed", judgement, root), chain.calls().refreshOwed(root.proof(judgement.leaf())));
      }
    }
    return due;
  }
}
