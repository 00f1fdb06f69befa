package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.service.epoch.Root;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cures called accounts that are short no more, and ends calls that nobody acted on in time. */
final class CallEnder {

  private final Calls calls;

  CallEnder(Calls calls) {
    this.calls = calls;
  }

  Map<String, Call> end(Root root, List<Judgement> judgements, Map<Long, OpenCall> open, long now, long callTtl) {
    Map<String, Call> due = new LinkedHashMap<>();
    for (Judgement judgement : judgements) {
      OpenCall call = open.get(judgement.leaf().index());
      if (judgement.status() != AccountStatus.CALLED || call == null) {
        continue;
      }
      if (!judgement.shortOfInitial()) {
        due.put(IntentIds.of("cure", judgement, root), calls.cure(root.proof(judgement.leaf())));
      } else if (now > call.deadline() + callTtl) {
        due.put(IntentIds.of("lapse", judgement, root), calls.lapse(judgement.account()));
      }
    }
    return due;
  }
}
