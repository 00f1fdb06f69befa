package io.ringfence.margin.risk;

import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.portfolio.CollateralHolding;
import io.ringfence.margin.portfolio.CollateralSchedule;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.PortfolioMarket;
import io.ringfence.margin.portfolio.ProcyclicalityBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Portfolio margin. The published model knows one underlying; an account of several is margined as the sum of one portfolio for each,
 * without netting between them. Collateral that follows an underlying of the market is scanned with that underlying's positions, other
 * collateral and cash by themselves. All confidences are 1.
 */
public record PortfolioModel(PortfolioMarginParameters parameters) implements MarginModel {

  @Override
  public InitialMargin initial(OpenPositions positions, MarketState market) {
    Map<String, List<CollateralHolding>> collateral = collateral(positions, market);
    PortfolioMargin model = new PortfolioMargin(parameters);
    PortfolioMarginResult cash = model.compute(
        new Portfolio(positions.cash(), PerpetualPosition.NONE, List.of(), collateral.getOrDefault("", List.of())),
        PortfolioMarket.ofCollateral(1.0));
    double margin = cash.initial();
    double value = cash.markToMarket();
    SortedSet<String> underlyings = new TreeSet<>(positions.perpetuals().keySet());
    positions.options().keySet().forEach(option -> underlyings.add(option.underlying()));
    collateral.keySet().stream().filter(name -> !name.isEmpty()).forEach(underlyings::add);
    for (String underlying : underlyings) {
      PortfolioMarginResult result = part(model, underlying, positions, collateral.getOrDefault(underlying, List.of()), market);
      margin = margin + result.initial();
      value = value + result.markToMarket();
    }
    return new InitialMargin(margin, value - margin);
  }

  @Override
  public MarginModel withoutBuffer() {
    return new PortfolioModel(parameters.withBuffer(ProcyclicalityBuffer.drawnDown("backtest without the buffer")));
  }

  @Override
  public String name() {
    return PortfolioMarginParameters.MODEL;
  }

  private static PortfolioMarginResult part(
      PortfolioMargin model, String underlying, OpenPositions positions, List<CollateralHolding> collateral, MarketState market) {
    double spot = market.require(underlying).price();
    List<OptionPosition> options = new ArrayList<>();
    SortedMap<Long, ExpiryMarket> expiries = new TreeMap<>();
    for (var entry : positions.options().entrySet()) {
      EuropeanOption option = entry.getKey();
      if (option.underlying().equals(underlying)) {
        long seconds = market.secondsTo(option);
        options.add(new OptionPosition(
            seconds, option.strike().doubleValue(), option.right(), market.volatility(option), entry.getValue()));
        expiries.put(seconds, new ExpiryMarket(seconds, market.forward(underlying, seconds), 1.0, market.rate(), 1.0, 1.0));
      }
    }
    OpenPositions.OpenPerpetual perpetual = positions.perpetuals().get(underlying);
    PerpetualPosition held = perpetual == null
        ? PerpetualPosition.NONE
        : new PerpetualPosition(perpetual.quantity(), perpetual.quantity() * (spot - perpetual.entry()), 0.0);
    PortfolioMarket quotes = new PortfolioMarket(spot, 1.0, spot, 1.0, 1.0, List.copyOf(expiries.values()));
    return model.compute(new Portfolio(0.0, held, options, collateral), quotes);
  }

  /** Holdings by the underlying whose scan moves them; under the empty name what no scan moves. */
  private Map<String, List<CollateralHolding>> collateral(OpenPositions positions, MarketState market) {
    Map<String, List<CollateralSchedule.Balance>> balances = new HashMap<>();
    positions.collateral().forEach((asset, amount) ->
        balances.computeIfAbsent(parameters.collateral().scanOf(asset, "", market.spots()::containsKey), scan -> new ArrayList<>())
            .add(new CollateralSchedule.Balance(asset, amount, market.assetPrice(asset), 1.0)));
    Map<String, List<CollateralHolding>> holdings = new HashMap<>();
    balances.forEach((scan, inScan) -> holdings.put(scan, parameters.collateral().apply(inScan, 1.0, scan)));
    return holdings;
  }
}
