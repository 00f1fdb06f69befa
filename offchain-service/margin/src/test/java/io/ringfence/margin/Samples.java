package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Markets and seeded random portfolios for the tests. */
final class Samples {

  static final Instant NOW = Instant.parse("2025-10-10T12:00:00Z");
  static final LocalDate OCTOBER = LocalDate.of(2025, 10, 31);
  static final LocalDate NOVEMBER = LocalDate.of(2025, 11, 28);
  static final int[] STRIKES = {100, 900, 1200, 1400, 1450, 1500, 1600, 2000, 3100, 9000};

  private Samples() {}

  static BigDecimal dec(String value) {
    return new BigDecimal(value);
  }

  static EuropeanOption call(int strike) {
    return new EuropeanOption("ETH", OCTOBER, BigDecimal.valueOf(strike), EuropeanOption.Right.CALL);
  }

  static EuropeanOption put(int strike) {
    return new EuropeanOption("ETH", OCTOBER, BigDecimal.valueOf(strike), EuropeanOption.Right.PUT);
  }

  static Position position(Instrument instrument, String quantity) {
    return new Position(instrument, dec(quantity));
  }

  /** The defaults without the buffer. */
  static StandardMarginParameters unbuffered() {
    return StandardMarginParameters.standard().withBuffer(BigDecimal.ONE, "worked cases");
  }

  /** Spot and forward 1500, options marked at their intrinsic value. */
  static MarketSnapshot ethAt1500(Instrument... instruments) {
    MarketSnapshot.Builder market = MarketSnapshot.at(NOW).spot("ETH", dec("1500"), NOW);
    for (Instrument instrument : instruments) {
      market.mark(instrument, instrument instanceof EuropeanOption option ? option.payoff(dec("1500")) : dec("1500"), NOW);
    }
    return market.build();
  }

  /** Every strike, right and expiry of ETH, with spot, forwards and marks drawn at random; perpetual and future of ETH and BTC. */
  static MarketSnapshot randomMarket(SplittableRandom random) {
    MarketSnapshot.Builder market = MarketSnapshot.at(NOW)
        .spot("ETH", cents(random, 50_000, 400_000), NOW)
        .spot("BTC", cents(random, 5_000_000, 12_000_000), NOW)
        .forward("ETH", OCTOBER, cents(random, 40_000, 450_000), NOW);
    for (Instrument instrument : everyInstrument()) {
      market.mark(instrument, cents(random, 1, 200_000), NOW);
    }
    return market.build();
  }

  static List<Instrument> everyInstrument() {
    List<Instrument> instruments = new ArrayList<>(everyOption());
    for (String underlying : List.of("BTC", "ETH")) {
      instruments.add(new Perpetual(underlying));
      instruments.add(new DatedFuture(underlying, NOVEMBER));
    }
    return instruments;
  }

  static List<EuropeanOption> everyOption() {
    List<EuropeanOption> options = new ArrayList<>();
    for (LocalDate expiry : List.of(OCTOBER, NOVEMBER)) {
      for (int strike : STRIKES) {
        for (EuropeanOption.Right right : EuropeanOption.Right.values()) {
          options.add(new EuropeanOption("ETH", expiry, BigDecimal.valueOf(strike), right));
        }
      }
    }
    return options;
  }

  static List<Position> randomPositions(SplittableRandom random, List<? extends Instrument> choice) {
    List<Position> positions = new ArrayList<>();
    int count = random.nextInt(9);
    for (int i = 0; i < count; i++) {
      positions.add(new Position(pick(random, choice), quantity(random)));
    }
    return positions;
  }

  static <T> T pick(SplittableRandom random, List<T> choice) {
    return choice.get(random.nextInt(choice.size()));
  }

  /** A signed quantity in thousandths, not zero. */
  static BigDecimal quantity(SplittableRandom random) {
    long size = 1 + random.nextInt(20_000);
    return BigDecimal.valueOf(random.nextBoolean() ? size : -size, 3);
  }

  static BigDecimal cents(SplittableRandom random, long from, long to) {
    return BigDecimal.valueOf(random.nextLong(from, to), 2);
  }
}
