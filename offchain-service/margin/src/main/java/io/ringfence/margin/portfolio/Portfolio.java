package io.ringfence.margin.portfolio;

import java.util.ArrayList;
import java.util.List;

/**
 * What an account holds in one underlying. Kept in a canonical order with the positions in one future or option added up, so that the
 * result does not depend on the order given, to the bit.
 *
 * @param cash settlement asset, negative if owed
 * @param perpetual the perpetual, {@link PerpetualPosition#NONE} if none
 * @param futures one for each expiry, nearest first; one without units is kept while it has a profit
 * @param options none of them zero
 * @param collateral collateral other than cash
 */
public record Portfolio(
    double cash,
    PerpetualPosition perpetual,
    List<FuturePosition> futures,
    List<OptionPosition> options,
    List<CollateralHolding> collateral) {

  /** Nothing. */
  public static final Portfolio EMPTY = new Portfolio(0.0, PerpetualPosition.NONE, List.of(), List.of());

  /** Sorts, adds up and drops what is zero. */
  public Portfolio {
    cash = Admission.any("cash", cash);
    Admission.present("perpetual", perpetual);
    futures = nettedFutures(Admission.present("futures", futures).stream().sorted(FuturePosition.ORDER).toList());
    options = netted(Admission.present("options", options).stream().sorted(OptionPosition.ORDER).toList());
    collateral = Admission.present("collateral", collateral).stream().sorted(CollateralHolding.ORDER).toList();
  }

  /** A portfolio without dated futures. */
  public Portfolio(double cash, PerpetualPosition perpetual, List<OptionPosition> options, List<CollateralHolding> collateral) {
    this(cash, perpetual, List.of(), options, collateral);
  }

  private static List<FuturePosition> nettedFutures(List<FuturePosition> sorted) {
    List<FuturePosition> netted = new ArrayList<>();
    int next = 0;
    while (next < sorted.size()) {
      long seconds = sorted.get(next).secondsToExpiry();
      double quantity = 0.0;
      double unrealised = 0.0;
      while (next < sorted.size() && sorted.get(next).secondsToExpiry() == seconds) {
        quantity = quantity + sorted.get(next).quantity();
        unrealised = unrealised + sorted.get(next).unrealised();
        next++;
      }
      FuturePosition sum = new FuturePosition(seconds, quantity, unrealised);
      if (!sum.isNothing()) {
        netted.add(sum);
      }
    }
    return List.copyOf(netted);
  }

  private static List<OptionPosition> netted(List<OptionPosition> sorted) {
    List<OptionPosition> netted = new ArrayList<>();
    int next = 0;
    while (next < sorted.size()) {
      OptionPosition first = sorted.get(next);
      double quantity = 0.0;
      while (next < sorted.size() && sorted.get(next).isLotOf(first)) {
        quantity = quantity + sorted.get(next).quantity();
        next++;
      }
      if (quantity != 0.0) {
        netted.add(new OptionPosition(first.secondsToExpiry(), first.strike(), first.right(), first.volatility(), quantity));
      }
    }
    return List.copyOf(netted);
  }
}
