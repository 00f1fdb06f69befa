package io.ringfence.service.margin;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.LeafRequirement;
import io.ringfence.margin.Perpetual;
import io.ringfence.margin.engine.AccountStatus;
import io.ringfence.margin.engine.MarginEngine;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Requirements by the greatest loss over scenarios. An account's underlyings are computed apart and their margins added in the order of
 * names. The engine computes all accounts, the model one with its breakdown; they agree to the bit.
 *
 * <p>The leaf's requirement is what V, at the root's prices, must stand above so that the margin is not below zero. An account without
 * positions requires nothing: what it owes is counted apart, and its collateral is cut by the chain's haircuts.
 */
final class PortfolioModel implements MarginModel {

  private final PortfolioMargin margin;
  private final Map<Address, String> assets;

  /**
   * A model with these parameters.
   *
   * @param assets what the schedule calls each token; one that it has no rule for counts nothing
   */
  PortfolioModel(PortfolioMarginParameters parameters, Map<Address, String> assets) {
    this.margin = new PortfolioMargin(parameters);
    this.assets = Map.copyOf(assets);
  }

  @Override
  public byte[] parameters() {
    return margin.parameters().canonicalBytes();
  }

  @Override
  public List<Requirement> requirements(List<MarginSubject> subjects, MarginMarket market) {
    List<PortfolioHoldings> holdings = subjects.stream().map(subject -> holdings(subject, market)).toList();
    int[] held = IntStream.range(0, subjects.size()).filter(i -> !holdings.get(i).isEmpty()).toArray();
    Requirement[] requirements = new Requirement[subjects.size()];
    Arrays.fill(requirements, Requirement.NONE);
    if (held.length > 0) {
      PortfolioQuotes quotes = quotes(market);
      try (MarginEngine engine = EngineLoader.load(margin.parameters(), quotes, IntStream.of(held).mapToObj(holdings::get).toList())) {
        for (int i = 0; i < held.length; i++) {
          if (engine.status(i) != AccountStatus.MARGINED) {
            // The model names what is wrong.
            results(holdings.get(held[i]), quotes);
            throw new IllegalStateException("the engine has no margin (" + engine.status(i) + ") where the model has one");
          }
          requirements[held[i]] = requirement(subjects.get(held[i]), market.collateral(), engine.initial(i), engine.maintenance(i));
        }
      }
    }
    return List.of(requirements);
  }

  /** Without the engine, whose threads are worth it for many accounts only. */
  @Override
  public Requirement requirement(MarginSubject subject, MarginMarket market) {
    PortfolioHoldings holdings = holdings(subject, market);
    if (holdings.isEmpty()) {
      return Requirement.NONE;
    }
    Collection<PortfolioMarginResult> results = results(holdings, quotes(market)).values();
    return requirement(
        subject,
        market.collateral(),
        results.stream().map(PortfolioMarginResult::initial).reduce(Double::sum).orElseThrow(),
        results.stream().map(PortfolioMarginResult::maintenance).reduce(Double::sum).orElseThrow());
  }

  @Override
  public Breakdown breakdown(MarginSubject subject, MarginMarket market) {
    PortfolioHoldings holdings = holdings(subject, market);
    return new Breakdown.Portfolio(
        holdings.isEmpty() ? new TreeMap<>() : results(holdings, quotes(market)));
  }

  private PortfolioHoldings holdings(MarginSubject subject, MarginMarket market) {
    return PortfolioHoldings.of(subject, market.collateral(), assets, margin.parameters().collateral());
  }

  private PortfolioQuotes quotes(MarginMarket market) {
    return PortfolioQuotes.of(market, margin.parameters().collateral(), assets);
  }

  private SortedMap<String, PortfolioMarginResult> results(PortfolioHoldings holdings, PortfolioQuotes quotes) {
    SortedMap<String, PortfolioMarginResult> results = new TreeMap<>();
    holdings.byUnderlying().forEach((underlying, held) -> results.put(underlying, margin.compute(
        quotes.portfolio(underlying, held, margin.parameters().collateral()),
        quotes.market(underlying, held.expiries(), held.hasPositions()))));
    return results;
  }

  private static Requirement requirement(MarginSubject subject, CollateralTerms collateral, double initial, double maintenance) {
    int decimals = collateral.settlementDecimals();
    BigDecimal valueAndDue = new BigDecimal(collateral.value(subject.free()).add(subject.due()), decimals);
    return new Requirement(
        LeafRequirement.of(valueAndDue.subtract(new BigDecimal(initial)), decimals).units(),
        LeafRequirement.of(valueAndDue.subtract(new BigDecimal(maintenance)), decimals).units());
  }

  @Override
  public List<QuoteNeed> needs(Instrument instrument) {
    List<QuoteNeed> needs = new ArrayList<>(List.of(QuoteNames.spot(instrument)));
    switch (instrument) {
      case Perpetual perpetual -> needs.add(new QuoteNeed(MarketQuotes.Kind.MARK, perpetual.name(), true));
      case DatedFuture future -> needs.addAll(List.of(QuoteNames.forward(future), QuoteNames.rate(future),
          new QuoteNeed(MarketQuotes.Kind.MARK, future.name(), true)));
      case EuropeanOption option -> needs.addAll(List.of(QuoteNames.forward(option), QuoteNames.rate(option),
          new QuoteNeed(MarketQuotes.Kind.VOLATILITY, option.name(), true)));
    }
    return needs;
  }
}
