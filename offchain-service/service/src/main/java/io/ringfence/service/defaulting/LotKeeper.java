package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.VenueParameters;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Keeps a default's collateral on sale as far as it is needed: starts, restarts, ends lots; what nobody took goes to the fund, and what the
 * fund cannot pay for, once the loss is fixed, to the pool's claimants.
 */
final class LotKeeper {

  private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(18);

  private final ChainAccess chain;

  LotKeeper(ChainAccess chain) {
    this.chain = chain;
  }

  /** What is due for one default. */
  Map<String, Call> keep(
      Root root, OpenCase open, Judgement judgement, List<OpenLot> lots, CollateralTerms live, VenueFacts facts, long now) {
    BigInteger need = chain.contracts().defaults().need(open.account());
    VenueParameters parameters = facts.parameters();
    Map<String, Call> due = new LinkedHashMap<>();
    BigInteger covered = BigInteger.ZERO;
    for (OpenLot lot : lots) {
      covered = covered.add(lot.atFloor());
      if (need.signum() == 0) {
        due.put(IntentIds.of("close-lot", lot.lot(), root), chain.calls().close(lot.lot()));
      } else if (now > lot.endsAt() && lot.resets() < parameters.maxResets()) {
        due.put(IntentIds.of("reset-lot", lot.lot(), root), chain.calls().reset(lot.lot()));
      } else if (now > lot.endsAt() && canPay(facts.fund(), lot)) {
        due.put(IntentIds.of("fund-lot", lot.lot(), root), chain.calls().sellToFund(lot.lot()));
      } else if (now > lot.endsAt() && open.state().equals("loss-fixed")) {
        due.put(IntentIds.of("pass-lot", lot.lot(), root), chain.calls().passInKind(lot.lot()));
      }
    }
    if (need.compareTo(covered) > 0) {
      due.putAll(start(root, open, judgement, lots, live, need.subtract(covered), parameters));
    }
    return due;
  }

  /** Whether the venue's tranche can buy anything of the lot at its floor. */
  private boolean canPay(Address fund, OpenLot lot) {
    return chain.contracts().fund(fund).venueTranche().multiply(PRICE_UNIT).compareTo(lot.floorPrice()) >= 0;
  }

  /**
   * The assets that may go on sale: any, until the loss is fixed; then those that were there, and in no lot, when it was. What arrived later
   * holds nothing up, and what came back from a lot has been offered.
   */
  private IntPredicate forSale(OpenCase open) {
    if (!open.state().equals("loss-fixed")) {
      return asset -> true;
    }
    int toSell = chain.contracts().defaults().caseOf(open.account()).toSell();
    return asset -> (toSell >> asset & 1) == 1;
  }

  /** Starts lots, the most valuable first, until their floors cover what is missing. */
  private Map<String, Call> start(
      Root root,
      OpenCase open,
      Judgement judgement,
      List<OpenLot> lots,
      CollateralTerms live,
      BigInteger missing,
      VenueParameters parameters) {
    Map<String, Call> due = new LinkedHashMap<>();
    BigInteger left = missing;
    List<Integer> byValue = IntStream.range(1, live.tokens().size()).filter(forSale(open)).boxed()
        .filter(asset -> judgement.free().get(asset).signum() > 0)
        .filter(asset -> lots.stream().noneMatch(lot -> lot.token().equals(live.tokens().get(asset))))
        .sorted(Comparator.comparing((Integer asset) -> live.value(asset, judgement.free().get(asset))).reversed())
        .toList();
    for (int asset : byValue) {
      if (left.signum() <= 0) {
        break;
      }
      due.put(
          IntentIds.of("start-lot", open.index() + ":" + live.tokens().get(asset), root),
          chain.calls().start(open.account(), live.tokens().get(asset)));
      left = left.subtract(atFloor(live, asset, judgement.free().get(asset), parameters));
    }
    return due;
  }

  private static BigInteger atFloor(CollateralTerms live, int asset, BigInteger amount, VenueParameters parameters) {
    return amount.multiply(live.prices().get(asset)).multiply(BigInteger.valueOf(parameters.floorBps()))
        .divide(PRICE_UNIT.multiply(BigInteger.valueOf(10_000)));
  }
}
