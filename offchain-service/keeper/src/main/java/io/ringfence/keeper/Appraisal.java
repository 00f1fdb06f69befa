package io.ringfence.keeper;

import java.math.BigInteger;

/** Decides whether an offer pays: worth at the live price, less the payment, less gas, against the owner's limits. */
final class Appraisal {

  private final Limits limits;

  Appraisal(Limits limits) {
    this.limits = limits;
  }

  /**
   * Appraises one offer.
   *
   * @param inventory what the keeper holds already, settlement units at live prices
   * @param cash settlement units it can pay with
   */
  Decision of(Offer offer, BigInteger inventory, BigInteger cash) {
    if (offer.available().signum() == 0) {
      return new Decision.Pass("nothing is for sale");
    }
    if (offer.livePrice().signum() == 0) {
      return new Decision.Pass("the feed says it is worth nothing");
    }
    BigInteger room = limits.maxInventory().subtract(inventory).max(BigInteger.ZERO);
    BigInteger amount = offer.available().min(Prices.affordable(room, offer.livePrice())).min(Prices.affordable(cash, offer.price()));
    if (amount.signum() == 0) {
      return new Decision.Pass(room.signum() == 0 ? "the inventory limit is reached" : "there is no money left to pay with");
    }
    BigInteger profit =
        Prices.worth(amount, offer.livePrice()).subtract(Prices.cost(amount, offer.price())).subtract(offer.gasCost());
    if (profit.signum() <= 0 || profit.compareTo(limits.minProfit()) < 0) {
      return new Decision.Pass("expected profit " + profit + " is too small");
    }
    return new Decision.Take(amount, offer.price(), profit);
  }
}
