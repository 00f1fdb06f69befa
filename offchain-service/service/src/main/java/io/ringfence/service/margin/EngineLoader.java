package io.ringfence.service.margin;

import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.engine.EngineSetup;
import io.ringfence.margin.engine.Instruments;
import io.ringfence.margin.engine.ListedFuture;
import io.ringfence.margin.engine.ListedOption;
import io.ringfence.margin.engine.MarginEngine;
import io.ringfence.margin.engine.UnderlyingMarket;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Loads an engine with the holdings of many accounts and the prices of one moment. */
final class EngineLoader {

  private EngineLoader() {}

  /** An engine that has computed all of {@code accounts}, numbered in their order. */
  static MarginEngine load(PortfolioMarginParameters parameters, PortfolioQuotes quotes, List<PortfolioHoldings> accounts) {
    SortedSet<String> underlyings = new TreeSet<>();
    SortedMap<ListedOption, EuropeanOption> listed = new TreeMap<>();
    SortedSet<DatedFuture> futures = new TreeSet<>();
    SortedSet<String> positions = new TreeSet<>();
    for (PortfolioHoldings account : accounts) {
      account.byUnderlying().forEach((underlying, held) -> {
        underlyings.add(underlying);
        if (held.hasPositions()) {
          positions.add(underlying);
        }
        held.options().keySet().forEach(option -> listed.put(listed(option), option));
        futures.addAll(held.futures().keySet());
      });
    }
    Instruments instruments = Instruments.of(
        underlyings, listed.keySet(), futures.stream().map(future -> new ListedFuture(future.underlying(), seconds(future))).toList());
    MarginEngine engine = new MarginEngine(EngineSetup.of(parameters, instruments, accounts.size()));
    for (int account = 0; account < accounts.size(); account++) {
      put(engine, instruments, account, accounts.get(account));
    }
    engine.tick(underlyings.stream().map(underlying -> {
      SortedSet<LocalDate> expiries = new TreeSet<>();
      futures.stream().filter(future -> future.underlying().equals(underlying)).forEach(future -> expiries.add(future.expiry()));
      return market(instruments.optionsOf(underlying), listed, expiries, underlying, positions.contains(underlying), quotes);
    }).toList());
    return engine;
  }

  private static void put(MarginEngine engine, Instruments instruments, int account, PortfolioHoldings holdings) {
    SortedMap<EuropeanOption, BigDecimal> options = new TreeMap<>();
    holdings.byUnderlying().forEach((underlying, held) -> {
      options.putAll(held.options());
      engine.setPerpetual(account, underlying, new PerpetualPosition(held.perpetual().doubleValue(), 0.0, 0.0));
      held.futures().forEach((future, quantity) ->
          engine.setFuture(account, underlying, seconds(future), quantity.doubleValue(), 0.0));
      engine.setCash(account, underlying, held.cash().doubleValue());
      engine.setCollateral(account, underlying, held.collateral());
    });
    engine.setOptions(
        account,
        options.keySet().stream().mapToInt(option -> instruments.id(listed(option))).toArray(),
        options.values().stream().mapToDouble(BigDecimal::doubleValue).toArray());
  }

  private static UnderlyingMarket market(
      List<ListedOption> options,
      Map<ListedOption, EuropeanOption> named,
      SortedSet<LocalDate> expiries,
      String underlying,
      boolean held,
      PortfolioQuotes quotes) {
    options.forEach(option -> expiries.add(named.get(option).expiry()));
    return new UnderlyingMarket(
        underlying,
        quotes.asOf(),
        quotes.market(underlying, expiries, held),
        options.stream().mapToDouble(option -> quotes.volatility(named.get(option))).toArray(),
        quotes.assets());
  }

  private static ListedOption listed(EuropeanOption option) {
    return new ListedOption(option.underlying(), seconds(option), option.strike().doubleValue(), option.right());
  }

  private static long seconds(Expiring instrument) {
    return instrument.expiresAt().getEpochSecond();
  }
}
