package io.ringfence.margin.cli;

import io.ringfence.margin.backtest.VolatilityRule;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.MarginModel;
import io.ringfence.margin.risk.MarketState;
import io.ringfence.margin.risk.Member;
import io.ringfence.margin.risk.VolatilitySurface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A book file as read.
 *
 * @param model with its buffer
 * @param members by name
 * @param rule how volatility levels move with prices
 * @param levels by underlying
 * @param surface the shape around the level
 * @param rate per year
 * @param constantPrices of collateral assets that have no spot
 * @param asOf the moment a stress test moves the market at, if given
 * @param spots by underlying at that moment, empty if not given
 */
record BookFile(
    MarginModel model,
    List<Member> members,
    VolatilityRule rule,
    SortedMap<String, Double> levels,
    VolatilitySurface surface,
    double rate,
    SortedMap<String, Double> constantPrices,
    Optional<Instant> asOf,
    SortedMap<String, Double> spots) {

  List<Account> accounts() {
    return members.stream().flatMap(member -> member.accounts().stream()).toList();
  }

  /** The market that a stress test starts from. */
  MarketState market() {
    if (asOf.isEmpty()) {
      throw new InputException("asOf", "is absent; a stress test needs a moment, like 2026-01-05T12:00:00Z, and spots");
    }
    SortedMap<String, MarketState.Spot> quoted = new TreeMap<>();
    spots.forEach((underlying, price) -> {
      Double level = levels.get(underlying);
      if (level == null) {
        throw new InputException("volatility.levels." + underlying, "is absent; add it");
      }
      quoted.put(underlying, new MarketState.Spot(price, level));
    });
    for (Account account : accounts()) {
      for (String underlying : account.underlyings(constantPrices)) {
        if (!quoted.containsKey(underlying)) {
          throw new InputException("spots." + underlying, "is absent, but account " + account.name() + " holds it; add it");
        }
      }
    }
    return new MarketState(asOf.get(), quoted, constantPrices, surface, rate);
  }
}
