package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.epoch.Root;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Declares the default of called accounts whose deadline has passed and that a root after the call still shows short. */
final class DefaultDeclarer {

  private final Calls calls;

  DefaultDeclarer(Calls calls) {
    this.calls = calls;
  }

  Map<String, Call> declare(
      Root root, List<Judgement> judgements, Map<Long, OpenCall> open, CollateralTerms live, long now, long callTtl) {
    Map<String, Call> due = new LinkedHashMap<>();
    for (Judgement judgement : judgements) {
      OpenCall call = open.get(judgement.leaf().index());
      boolean ripe = judgement.status() == AccountStatus.CALLED
          && call != null
          && now > call.deadline()
          && now <= call.deadline() + callTtl
          && root.header().snapshotBlock() > call.callBlock()
          && judgement.shortOfInitial();
      if (ripe) {
        due.put(IntentIds.of("default", judgement, root), calls.declareDefault(root.proof(judgement.leaf()), largest(judgement, live)));
      }
    }
    return due;
  }

  /** The most valuable collateral other than the settlement asset; zero if the account has none or holds enough to pay. */
  private static Address largest(Judgement judgement, CollateralTerms live) {
    Address best = Address.ZERO;
    BigInteger most = BigInteger.ZERO;
    if (judgement.owed().compareTo(judgement.settlementBalance()) <= 0) {
      return best;
    }
    for (int asset = 1; asset < live.tokens().size(); asset++) {
      BigInteger value = live.value(asset, judgement.free().get(asset));
      if (value.compareTo(most) > 0) {
        most = value;
        best = live.tokens().get(asset);
      }
    }
    return best;
  }
}
