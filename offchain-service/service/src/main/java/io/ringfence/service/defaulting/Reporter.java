package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.type.Attestors;
import io.ringfence.chain.type.CloseOutReport;
import io.ringfence.chain.type.Data;
import io.ringfence.reserves.ProofFile;
import io.ringfence.service.epoch.Quorum;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.epoch.Wire;
import java.util.Map;

/** Has venue and attestors sign what a close-out came to, and files it. */
final class Reporter {

  private final Calls calls;
  private final Quorum quorum;

  Reporter(Calls calls, Quorum quorum) {
    this.calls = calls;
    this.quorum = quorum;
  }

  Map<String, Call> report(Root root, CloseOut closed, Attestors needed) {
    ProofFile.Signatures signatures = quorum.sign(closed.report(), closed.fills(), needed);
    CloseOutReport report =
        new CloseOutReport(closed.venue(), closed.account(), closed.index(), closed.finalNet(), Wire.bytes32(closed.evidence()));
    return Map.of(
        IntentIds.of("report", closed.index(), root),
        calls.report(report, Data.of(signatures.venue().toBytes()), Quorum.packed(signatures.attestors())));
  }
}
