package io.ringfence.margin.risk;

import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.portfolio.PortfolioGrids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Books and a market for tests. */
public final class RiskSamples {

  public static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  public static final MarginModel PORTFOLIO = new PortfolioModel(PortfolioGrids.standard());
  public static final MarketState MARKET = market(NOON, 100_000, 4_000);

  private RiskSamples() {}

  public static MarketState market(Instant time, double bitcoin, double ether) {
    return new MarketState(
        time,
        new TreeMap<>(Map.of("BTC", new MarketState.Spot(bitcoin, 0.5), "ETH", new MarketState.Spot(ether, 0.7))),
        new TreeMap<>(Map.of("USDC", 1.0)),
        VolatilitySurface.FLAT,
        0.0);
  }

  public static EuropeanOption option(String name) {
    return (EuropeanOption) Instrument.parse(name);
  }

  public static Account account(String name, double cash, Holding... holdings) {
    return new Account(name, cash, new TreeMap<>(), List.of(holdings));
  }

  /** Members with perpetuals and options both ways, of which some are thin. */
  public static List<Member> members(SplittableRandom random, double scale) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<Account> accounts = new ArrayList<>();
      for (int j = 0; j < 2; j++) {
        SortedMap<String, Double> collateral = new TreeMap<>();
        collateral.put("BTC", random.nextDouble() * scale);
        accounts.add(new Account("account " + i + j, random.nextDouble() * 50_000 * scale, collateral, List.of(
            new Holding.Perpetual("BTC", (random.nextDouble() - 0.5) * 8 * scale),
            new Holding.Perpetual("ETH", (random.nextDouble() - 0.5) * 60 * scale),
            new Holding.Rolling("BTC", random.nextBoolean() ? Right.CALL : Right.PUT, 0.7 + 0.6 * random.nextDouble(),
                1 + random.nextInt(60), (random.nextDouble() - 0.6) * 10 * scale))));
      }
      members.add(new Member("member " + i, accounts));
    }
    return members;
  }
}
