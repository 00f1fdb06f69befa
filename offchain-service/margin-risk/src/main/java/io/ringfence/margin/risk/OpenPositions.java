package io.ringfence.margin.risk;

import io.ringfence.margin.EuropeanOption;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an account has open at one moment, with positions in one instrument added up. Perpetuals have just been settled: their profit is
 * counted from {@code entry} on.
 *
 * @param cash settlement asset
 * @param collateral units by asset
 * @param perpetuals by underlying
 * @param options units by option, none of them expired at the moment
 */
public record OpenPositions(
    double cash,
    SortedMap<String, Double> collateral,
    SortedMap<String, OpenPerpetual> perpetuals,
    SortedMap<EuropeanOption, Double> options) {

  /**
   * A perpetual.
   *
   * @param quantity units, negative if short
   * @param entry the price from which its profit is counted
   */
  public record OpenPerpetual(double quantity, double entry) {}

  /** A price at which options settle. */
  @FunctionalInterface
  public interface SettlementPrices {
    /** The price of the underlying at the moment, or empty if nobody has seen one. */
    OptionalDouble at(String underlying, Instant moment);
  }

  /** The account's book at the market's moment. A listed option that has expired by then is not in it: it was settled before. */
  public static OpenPositions of(Account account, MarketState market) {
    SortedMap<String, Double> perpetuals = new TreeMap<>();
    SortedMap<EuropeanOption, Double> options = new TreeMap<>();
    for (Holding holding : account.holdings()) {
      switch (holding) {
        case Holding.Perpetual perpetual -> perpetuals.merge(perpetual.underlying(), perpetual.quantity(), Double::sum);
        case Holding.Listed listed -> {
          if (!listed.option().isExpired(market.time())) {
            options.merge(listed.option(), listed.quantity(), Double::sum);
          }
        }
        case Holding.Rolling rolling -> options.merge(
            rolling.at(market.time(), market.require(rolling.underlying()).price()), rolling.quantity(), Double::sum);
      }
    }
    SortedMap<String, OpenPerpetual> opened = new TreeMap<>();
    perpetuals.forEach((underlying, quantity) ->
        opened.put(underlying, new OpenPerpetual(quantity, market.require(underlying).price())));
    return new OpenPositions(account.cash(), account.collateral(), opened, Collections.unmodifiableSortedMap(options));
  }

  /**
   * The same account once the options that expire up to a moment have been settled in cash at the prices of their expiry; empty if one of
   * those prices is not known.
   */
  public Optional<OpenPositions> settledUntil(Instant moment, SettlementPrices prices) {
    double settled = cash;
    SortedMap<EuropeanOption, Double> open = new TreeMap<>();
    for (var entry : options.entrySet()) {
      EuropeanOption option = entry.getKey();
      if (!option.isExpired(moment)) {
        open.put(option, entry.getValue());
        continue;
      }
      OptionalDouble price = prices.at(option.underlying(), option.expiresAt());
      if (price.isEmpty()) {
        return Optional.empty();
      }
      settled = settled + entry.getValue() * option.payoff(BigDecimal.valueOf(price.getAsDouble())).doubleValue();
    }
    return Optional.of(new OpenPositions(settled, collateral, perpetuals, Collections.unmodifiableSortedMap(open)));
  }
}
