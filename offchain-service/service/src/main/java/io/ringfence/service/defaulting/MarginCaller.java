package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.service.epoch.Root;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls accounts that are short of their initial margin; again, with a nearer deadline, those that fell below maintenance meanwhile. */
final class MarginCaller {

  private final Calls calls;

  MarginCaller(Calls calls) {
    this.calls = calls;
  }

  Map<String, Call> call(Root root, List<Judgement> judgements, Map<Long, OpenCall> open) {
    Map<String, Call> due = new LinkedHashMap<>();
    for (Judgement judgement : judgements) {
      OpenCall before = open.get(judgement.leaf().index());
      boolean first = judgement.status() == AccountStatus.ACTIVE && judgement.shortOfInitial();
      boolean sooner = judgement.status() == AccountStatus.CALLED
          && before != null && !before.maintenance() && judgement.shortOfMaintenance();
      if (first || sooner) {
        due.put(IntentIds.of("call", judgement, root), calls.callMargin(root.proof(judgement.leaf())));
      }
    }
    return due;
  }
}
