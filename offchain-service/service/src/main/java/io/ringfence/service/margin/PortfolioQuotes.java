package io.ringfence.service.margin;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.Expiring;
import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.Perpetual;
import io.ringfence.margin.engine.AssetQuote;
import io.ringfence.margin.portfolio.CollateralSchedule;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.FuturePosition;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMarket;
import io.ringfence.service.margin.MarketQuotes.Kind;
import io.ringfence.service.margin.MarketQuotes.Quote;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A moment's prices as portfolio margin takes them. A forward that is not quoted is the spot, a rate that is not quoted zero. The
 * settlement asset counts 1 in the currency of the spots, unless its own spot is quoted under its name. A spot need not be quoted where
 * only collateral follows it: collateral has the chain's price.
 */
final class PortfolioQuotes {

  private static final MathContext DIGITS = MathContext.DECIMAL64;

  private record Key(Kind kind, String instrument) {}

  private final Instant asOf;
  private final Map<Key, Quote> quotes = new HashMap<>();
  private final double settlementPrice;
  private final Map<String, AssetQuote> assets = new HashMap<>();

  private PortfolioQuotes(MarginMarket market, CollateralSchedule schedule, Map<Address, String> names) {
    asOf = market.quotes().asOf();
    market.quotes().quotes().forEach(quote -> quotes.put(new Key(quote.kind(), quote.instrument()), quote));
    CollateralTerms terms = market.collateral();
    String settlement = names.get(terms.assets().getFirst().token());
    settlementPrice = find(Kind.SPOT, settlement).map(quote -> quote.price().doubleValue()).orElse(1.0);
    for (int i = 1; i < terms.assets().size(); i++) {
      AssetConfig asset = terms.assets().get(i);
      String name = names.get(asset.token());
      if (name != null && schedule.rules().containsKey(name)) {
        BigDecimal price = new BigDecimal(terms.prices().get(i), terms.settlementDecimals() + 18 - asset.decimals());
        assets.put(name, new AssetQuote(price.round(DIGITS).doubleValue() * settlementPrice, 1.0));
      }
    }
  }

  /**
   * The prices of a moment.
   *
   * @param names what the schedule calls each token
   */
  static PortfolioQuotes of(MarginMarket market, CollateralSchedule schedule, Map<Address, String> names) {
    return new PortfolioQuotes(market, schedule, names);
  }

  /** The moment, seconds since 1970. */
  long asOf() {
    return asOf.getEpochSecond();
  }

  /** Collateral by the schedule's name. */
  Map<String, AssetQuote> assets() {
    return assets;
  }

  /**
   * The market of one underlying.
   *
   * @param held whether anybody has a position in it
   * @throws InvalidFigureException if it is held and its spot is not quoted
   */
  PortfolioMarket market(String underlying, Collection<LocalDate> expiries, boolean held) {
    Optional<Quote> quoted = find(Kind.SPOT, underlying);
    if (quoted.isEmpty() && !held) {
      return PortfolioMarket.ofCollateral(settlementPrice);
    }
    Quote spot = quoted.orElseThrow(() -> new InvalidFigureException("spot of " + underlying, "is not quoted; send it"));
    Optional<Quote> perpetual = find(Kind.MARK, new Perpetual(underlying).name());
    return new PortfolioMarket(
        spot.price().doubleValue(),
        spot.confidence().doubleValue(),
        perpetual.map(quote -> quote.price().doubleValue()).orElse(0.0),
        perpetual.map(quote -> quote.confidence().doubleValue()).orElse(0.0),
        settlementPrice,
        expiries.stream().map(date -> expiry(new DatedFuture(underlying, date), spot)).toList());
  }

  private ExpiryMarket expiry(DatedFuture tenor, Quote spot) {
    Quote forward = find(Kind.FORWARD, tenor.name()).orElse(spot);
    Optional<Quote> rate = find(Kind.RATE, tenor.name());
    return new ExpiryMarket(
        secondsTo(tenor),
        forward.price().doubleValue(),
        forward.confidence().doubleValue(),
        rate.map(quote -> quote.price().doubleValue()).orElse(0.0),
        rate.map(quote -> quote.confidence().doubleValue()).orElse(1.0),
        volatilityConfidence(tenor));
  }

  /** The least confidence of any volatility of the expiry. */
  private double volatilityConfidence(DatedFuture tenor) {
    return quotes.values().stream()
        .filter(quote -> quote.kind() == Kind.VOLATILITY && quote.instrument().startsWith(tenor.name() + "-"))
        .mapToDouble(quote -> quote.confidence().doubleValue())
        .min().orElse(1.0);
  }

  /** Mark volatility; zero of an option that has expired and is not quoted, NaN of another that is not. */
  double volatility(EuropeanOption option) {
    return find(Kind.VOLATILITY, option.name())
        .map(quote -> quote.price().doubleValue())
        .orElse(secondsTo(option) <= 0 ? 0.0 : Double.NaN);
  }

  /**
   * What the model computes for one account in one underlying.
   *
   * @throws InvalidFigureException if an option's volatility is not quoted
   */
  Portfolio portfolio(String underlying, PortfolioHoldings.InUnderlying held, CollateralSchedule schedule) {
    List<OptionPosition> options = new ArrayList<>();
    held.options().forEach((option, quantity) -> {
      double volatility = volatility(option);
      if (Double.isNaN(volatility)) {
        throw new InvalidFigureException("volatility of " + option.name(), "is not quoted; send it");
      }
      options.add(new OptionPosition(
          secondsTo(option), option.strike().doubleValue(), option.right(), volatility, quantity.doubleValue()));
    });
    List<CollateralSchedule.Balance> balances = new ArrayList<>();
    held.collateral().forEach((asset, amount) ->
        balances.add(new CollateralSchedule.Balance(asset, amount, assets.get(asset).price(), assets.get(asset).confidence())));
    List<FuturePosition> futures = new ArrayList<>();
    held.futures().forEach((future, quantity) -> futures.add(new FuturePosition(secondsTo(future), quantity.doubleValue(), 0.0)));
    return new Portfolio(
        held.cash().doubleValue(),
        new PerpetualPosition(held.perpetual().doubleValue(), 0.0, 0.0),
        futures,
        options,
        schedule.apply(balances, settlementPrice, underlying));
  }

  private long secondsTo(Expiring instrument) {
    return instrument.expiresAt().getEpochSecond() - asOf();
  }

  private Optional<Quote> find(Kind kind, String instrument) {
    return Optional.ofNullable(quotes.get(new Key(kind, instrument)));
  }
}
