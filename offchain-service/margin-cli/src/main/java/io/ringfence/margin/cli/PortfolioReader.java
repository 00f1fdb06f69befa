package io.ringfence.margin.cli;

import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.InstrumentNameException;
import io.ringfence.margin.Perpetual;
import io.ringfence.margin.portfolio.CollateralHolding;
import io.ringfence.margin.portfolio.CollateralSchedule;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.FuturePosition;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a portfolio of options, dated futures and the perpetual of one underlying, with its market. */
final class PortfolioReader {

  private final String underlying;
  private final Instant asOf;
  private final Fields market;
  private final Fields volatilities;
  private final HeldExpiries held = new HeldExpiries();
  private final List<FuturePosition> futures = new ArrayList<>();
  private final List<OptionPosition> options = new ArrayList<>();
  private PerpetualPosition perpetual = PerpetualPosition.NONE;

  private PortfolioReader(Fields root) {
    underlying = root.text("underlying");
    asOf = OwnFormat.moment(root);
    market = root.object("market");
    volatilities = market.object("volatilities");
  }

  static AccountInput read(Fields root) {
    PortfolioMarginParameters parameters = ParameterFile.portfolio(root);
    PortfolioReader reader = new PortfolioReader(root);
    double cash = root.number("cash");
    root.list("positions").forEach(reader::position);
    PortfolioMarket prices = reader.prices();
    SortedMap<String, List<CollateralHolding>> collateral = reader.collateral(root, parameters.collateral(), prices.stablePrice());
    reader.market.requireNoOthers();
    root.requireNoOthers();
    SortedMap<String, PortfolioInput> scans = new TreeMap<>();
    collateral.forEach((scan, holdings) -> scans.put(scan, new PortfolioInput(parameters,
        new Portfolio(0.0, PerpetualPosition.NONE, List.of(), holdings), PortfolioMarket.ofCollateral(prices.stablePrice()))));
    Portfolio portfolio = root.make(() -> new Portfolio(
        cash, reader.perpetual, reader.futures, reader.options, collateral.getOrDefault(reader.underlying, List.of())));
    reader.held.requireQuoted(portfolio, prices, "market.expiries");
    scans.put(reader.underlying, new PortfolioInput(parameters, portfolio, prices));
    return new AccountInput(reader.underlying, scans);
  }

  private void position(Fields position) {
    Instrument instrument = OwnFormat.instrument(position.path("instrument"), position.text("instrument"));
    double quantity = position.number("quantity");
    if (!instrument.underlying().equals(underlying)) {
      throw new InputException(position.path("instrument"),
          "is " + instrument.name() + ", not of the underlying " + underlying + "; give each underlying a file of its own");
    }
    switch (instrument) {
      case EuropeanOption option -> options.add(option(position, option, quantity));
      case Perpetual perp -> perpetual(position, quantity);
      case DatedFuture future -> futures.add(future(position, future, quantity));
    }
    position.requireNoOthers();
  }

  private OptionPosition option(Fields position, EuropeanOption option, double quantity) {
    requireLive(position, option);
    double volatility = volatilities.positive(option.name());
    return position.make(() -> new OptionPosition(
        secondsTo(option.expiresAt()), option.strike().doubleValue(), option.right(), volatility, quantity));
  }

  private FuturePosition future(Fields position, DatedFuture future, double quantity) {
    requireLive(position, future);
    double unrealised = position.number("unrealised");
    return position.make(() -> new FuturePosition(secondsTo(future.expiresAt()), quantity, unrealised));
  }

  private void requireLive(Fields position, Expiring instrument) {
    held.hold(secondsTo(instrument.expiresAt()), position.path("instrument"));
    if (instrument.isExpired(asOf)) {
      throw new InputException(position.path("instrument"), "is " + instrument.name() + ", which expired at " + instrument.expiresAt()
          + "; settle it at its settlement price and leave it out");
    }
  }

  private void perpetual(Fields position, double quantity) {
    if (perpetual != PerpetualPosition.NONE) {
      throw new InputException(position.path("instrument"), "is the perpetual for a second time; add the positions up");
    }
    double unrealised = position.number("unrealised");
    double funding = position.number("funding");
    perpetual = position.make(() -> new PerpetualPosition(quantity, unrealised, funding));
  }

  private PortfolioMarket prices() {
    Fields spot = market.object("spot");
    double spotPrice = spot.positive("price");
    double spotConfidence = spot.fraction("confidence");
    double perpetualPrice = 0.0;
    double perpetualConfidence = 1.0;
    if (market.has("perpetual") || perpetual.quantity() != 0.0) {
      Fields quote = market.object("perpetual");
      perpetualPrice = quote.positive("price");
      perpetualConfidence = quote.fraction("confidence");
      quote.requireNoOthers();
    }
    double stable = market.positive("settlementAssetPrice");
    List<ExpiryMarket> expiries = new ArrayList<>();
    Fields byDate = market.object("expiries");
    byDate.names().forEach(date -> expiries.add(expiry(byDate, date)));
    spot.requireNoOthers();
    double price = perpetualPrice;
    double confidence = perpetualConfidence;
    return market.make(() -> new PortfolioMarket(spotPrice, spotConfidence, price, confidence, stable, expiries));
  }

  private ExpiryMarket expiry(Fields byDate, String date) {
    Fields quote = byDate.object(date);
    DatedFuture future;
    try {
      future = (DatedFuture) Instrument.parse(underlying + "-" + date);
    } catch (InstrumentNameException | ClassCastException e) {
      throw new InputException(quote.path(), "is not named by an expiry date like 20260130");
    }
    double forward = quote.positive("forward");
    double forwardConfidence = quote.fraction("forwardConfidence");
    double rate = quote.number("rate");
    double rateConfidence = quote.fraction("rateConfidence");
    double volatilityConfidence = quote.fraction("volatilityConfidence");
    quote.requireNoOthers();
    return quote.make(() -> new ExpiryMarket(
        secondsTo(future.expiresAt()), forward, forwardConfidence, rate, rateConfidence, volatilityConfidence));
  }

  /** Holdings by the underlying in whose scan they stand: that which an asset follows, else the file's. */
  private SortedMap<String, List<CollateralHolding>> collateral(Fields root, CollateralSchedule schedule, double stable) {
    SortedMap<String, List<CollateralSchedule.Balance>> balances = new TreeMap<>();
    for (Fields balance : root.list("collateral")) {
      String asset = balance.text("asset");
      balances.computeIfAbsent(schedule.scanOf(asset, underlying, _ -> true), _ -> new ArrayList<>()).add(new CollateralSchedule.Balance(
          asset, balance.notNegative("amount"), balance.positive("price"), balance.fraction("confidence")));
      balance.requireNoOthers();
    }
    SortedMap<String, List<CollateralHolding>> holdings = new TreeMap<>();
    balances.forEach((scan, inScan) -> holdings.put(scan, root.make(() -> schedule.apply(inScan, stable, scan))));
    return holdings;
  }

  private long secondsTo(Instant expiry) {
    return Duration.between(asOf, expiry).getSeconds();
  }
}
