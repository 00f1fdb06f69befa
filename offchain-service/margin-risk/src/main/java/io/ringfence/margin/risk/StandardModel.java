package io.ringfence.margin.risk;

import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.MarginResult;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.Perpetual;
import io.ringfence.margin.Position;
import io.ringfence.margin.StandardMargin;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.margin.portfolio.CollateralHolding;
import io.ringfence.margin.portfolio.CollateralSchedule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Standard margin: what is left of cash, profit of perpetuals and collateral after haircuts, less the requirement. Prices become decimals
 * of 12 places, half to even.
 *
 * @param collateral the haircuts, maintenance and initial together
 */
public record StandardModel(StandardMarginParameters parameters, CollateralSchedule collateral) implements MarginModel {

  private static final int PRICE_DECIMALS = 12;

  @Override
  public InitialMargin initial(OpenPositions positions, MarketState market) {
    MarginResult result = new StandardMargin(parameters).compute(positions(positions), snapshot(positions, market));
    double counted = positions.cash();
    List<CollateralSchedule.Balance> balances = new ArrayList<>();
    positions.collateral().forEach((asset, amount) ->
        balances.add(new CollateralSchedule.Balance(asset, amount, market.assetPrice(asset), 1.0)));
    for (CollateralHolding holding : collateral.apply(balances, 1.0, "")) {
      double cut = Math.min(1.0, holding.maintenanceHaircut() + holding.initialHaircut());
      counted = counted + holding.amount() * holding.price() * (1.0 - cut);
    }
    for (var entry : positions.perpetuals().entrySet()) {
      double profit = entry.getValue().quantity() * (market.require(entry.getKey()).price() - entry.getValue().entry());
      counted = counted + profit;
    }
    double margin = counted - result.initial().doubleValue();
    return new InitialMargin(margin, Valuation.of(positions, market) - margin);
  }

  @Override
  public MarginModel withoutBuffer() {
    return new StandardModel(parameters.withBuffer(BigDecimal.ONE, "backtest without the buffer"), collateral);
  }

  @Override
  public String name() {
    return StandardMarginParameters.MODEL;
  }

  private static List<Position> positions(OpenPositions open) {
    List<Position> positions = new ArrayList<>();
    open.perpetuals().forEach((underlying, perpetual) ->
        positions.add(new Position(new Perpetual(underlying), BigDecimal.valueOf(perpetual.quantity()))));
    open.options().forEach((option, quantity) -> positions.add(new Position(option, BigDecimal.valueOf(quantity))));
    return positions;
  }

  private static MarketSnapshot snapshot(OpenPositions open, MarketState market) {
    MarketSnapshot.Builder snapshot = MarketSnapshot.at(market.time());
    market.spots().forEach((underlying, spot) -> snapshot.spot(underlying, decimal(spot.price()), market.time()));
    open.perpetuals().keySet().forEach(underlying ->
        snapshot.mark(new Perpetual(underlying), decimal(market.require(underlying).price()), market.time()));
    Set<String> quoted = new HashSet<>();
    for (EuropeanOption option : open.options().keySet()) {
      snapshot.mark(option, decimal(Valuation.mark(option, market)), market.time());
      if (quoted.add(option.underlying() + option.expiry())) {
        double forward = market.forward(option.underlying(), market.secondsTo(option));
        snapshot.forward(option.underlying(), option.expiry(), decimal(forward), market.time());
      }
    }
    return snapshot.build();
  }

  private static BigDecimal decimal(double price) {
    return new BigDecimal(price).setScale(PRICE_DECIMALS, RoundingMode.HALF_EVEN);
  }
}
