package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.type.DefaultCase;
import io.ringfence.chain.type.VenueParameters;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.venue.ChainAccess;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fixes losses whose dispute window has passed; without a report, once the close-out deadline has. */
final class LossFixer {

  private final ChainAccess chain;

  LossFixer(ChainAccess chain) {
    this.chain = chain;
  }

  Map<String, Call> fix(Root root, List<OpenCase> cases, VenueParameters parameters, long now) {
    Map<String, Call> due = new LinkedHashMap<>();
    for (OpenCase open : cases) {
      DefaultCase known = chain.contracts().defaults().caseOf(open.account());
      switch (open.state()) {
        case "reported" -> {
          if (now > known.reportedAt() + parameters.disputeWindow()) {
            due.put(IntentIds.of("fix", open.index(), root), chain.calls().fixLoss(open.account()));
          }
        }
        case "closing-out" -> {
          if (now > known.time() + parameters.closeOutDeadline()) {
            root.leaf(open.account()).ifPresent(leaf ->
                due.put(IntentIds.of("fix-unreported", open.index(), root), chain.calls().fixLossWithoutReport(root.proof(leaf))));
          }
        }
        case "loss-fixed" -> { }
        default -> throw new IllegalStateException("a default case has the unknown state " + open.state());
      }
    }
    return due;
  }
}
