package io.ringfence.service.margin;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.Perpetual;
import io.ringfence.margin.Position;
import io.ringfence.margin.portfolio.CollateralSchedule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an account holds, by underlying, as portfolio margin takes it. Cash is the settlement balance and what is due, on the first
 * underlying that it has a position in, and so is collateral, except of an asset that follows an underlying: it stands there, with a
 * position or without.
 */
record PortfolioHoldings(SortedMap<String, InUnderlying> byUnderlying) {

  /**
   * The holdings in one underlying.
   *
   * @param cash settlement asset, negative if owed
   * @param perpetual units, negative if short
   * @param collateral units by the schedule's name of the asset
   */
  record InUnderlying(
      BigDecimal cash,
      BigDecimal perpetual,
      SortedMap<EuropeanOption, BigDecimal> options,
      SortedMap<DatedFuture, BigDecimal> futures,
      SortedMap<String, Double> collateral) {

    /** Whether there is a position, not collateral alone. */
    boolean hasPositions() {
      return perpetual.signum() != 0 || !options.isEmpty() || !futures.isEmpty();
    }

    /** The expiries of options and futures. */
    SortedSet<LocalDate> expiries() {
      SortedSet<LocalDate> expiries = new TreeSet<>();
      List<Expiring> expiring = new ArrayList<>(options.keySet());
      expiring.addAll(futures.keySet());
      expiring.forEach(instrument -> expiries.add(instrument.expiry()));
      return expiries;
    }
  }

  /** The holdings of one account; none without positions. */
  static PortfolioHoldings of(MarginSubject subject, CollateralTerms terms, Map<Address, String> names, CollateralSchedule schedule) {
    SortedMap<String, InUnderlying> held = new TreeMap<>();
    List<Position> positions = subject.book().positions();
    positions.forEach(position -> held.computeIfAbsent(position.instrument().underlying(), underlying -> empty()));
    if (held.isEmpty()) {
      return new PortfolioHoldings(held);
    }
    for (Position position : positions) {
      InUnderlying in = held.get(position.instrument().underlying());
      switch (position.instrument()) {
        case Perpetual _ -> held.put(position.instrument().underlying(),
            new InUnderlying(in.cash(), in.perpetual().add(position.quantity()), in.options(), in.futures(), in.collateral()));
        case DatedFuture future -> in.futures().merge(future, position.quantity(), BigDecimal::add);
        case EuropeanOption option -> in.options().merge(option, position.quantity(), BigDecimal::add);
      }
    }
    String home = held.firstKey();
    InUnderlying first = held.get(home);
    held.put(home, new InUnderlying(cash(subject, terms), first.perpetual(), first.options(), first.futures(), first.collateral()));
    for (int i = 1; i < terms.assets().size(); i++) {
      AssetConfig asset = terms.assets().get(i);
      String name = names.get(asset.token());
      if (name != null && schedule.rules().containsKey(name) && subject.free().get(i).signum() > 0) {
        InUnderlying in = held.computeIfAbsent(schedule.scanOf(name, home, _ -> true), _ -> empty());
        in.collateral().merge(name, new BigDecimal(subject.free().get(i), asset.decimals()).doubleValue(), Double::sum);
      }
    }
    return new PortfolioHoldings(held);
  }

  private static BigDecimal cash(MarginSubject subject, CollateralTerms terms) {
    BigInteger units = subject.free().getFirst().add(subject.due());
    return new BigDecimal(units, terms.settlementDecimals());
  }

  private static InUnderlying empty() {
    return new InUnderlying(BigDecimal.ZERO, BigDecimal.ZERO, new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /** Whether there is no position. */
  boolean isEmpty() {
    return byUnderlying.isEmpty();
  }
}
