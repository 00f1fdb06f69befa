package io.ringfence.margin;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Properties over seeded random portfolios and markets; the marks are free of any order, so that they hold for a broken market too. */
class StandardMarginPropertiesTest {

  private static final int PORTFOLIOS = 400;

  private final StandardMargin margin = new StandardMargin(StandardMarginParameters.standard());

  @RepeatedTest(5)
  void orderDoesNotMatter(RepetitionInfo run) {
    forEachPortfolio(run, Samples.everyInstrument(), (random, positions, market) -> {
      List<Position> shuffled = new ArrayList<>(positions);
      Collections.shuffle(shuffled, new Random(random.nextLong()));
      assertThat(margin.compute(shuffled, market)).isEqualTo(margin.compute(positions, market));
    });
  }

  @RepeatedTest(5)
  void closingEverythingRequiresNothing(RepetitionInfo run) {
    forEachPortfolio(run, Samples.everyInstrument(), (random, positions, market) -> {
      List<Position> closed = new ArrayList<>(positions);
      positions.forEach(position -> closed.add(new Position(position.instrument(), position.quantity().negate())));
      assertThat(margin.compute(closed, market).initial()).isZero();
      assertThat(margin.compute(closed, market).maintenance()).isZero();
    });
  }

  @RepeatedTest(5)
  void anotherLongOptionNeverRaisesTheRequirement(RepetitionInfo run) {
    forEachPortfolio(run, Samples.everyOption(), (random, positions, market) -> {
      List<Position> more = new ArrayList<>(positions);
      more.add(new Position(Samples.pick(random, Samples.everyOption()), Samples.quantity(random).abs()));
      MarginResult before = margin.compute(positions, market);
      MarginResult after = margin.compute(more, market);
      assertThat(after.initial()).as("%s", more).isLessThanOrEqualTo(before.initial());
      assertThat(after.maintenance()).as("%s", more).isLessThanOrEqualTo(before.maintenance());
    });
  }

  @RepeatedTest(5)
  void spreadNeverCostsMoreThanItsLegs(RepetitionInfo run) {
    forEachPortfolio(run, Samples.everyOption(), (random, positions, market) -> {
      List<Position> legs = List.of(
          new Position(Samples.pick(random, Samples.everyOption()), Samples.quantity(random)),
          new Position(Samples.pick(random, Samples.everyOption()), Samples.quantity(random).abs()));
      BigDecimal apart = margin.compute(legs.subList(0, 1), market).initial().add(margin.compute(legs.subList(1, 2), market).initial());
      assertThat(margin.compute(legs, market).initial()).as("%s", legs).isLessThanOrEqualTo(apart);
    });
  }

  @RepeatedTest(5)
  void optionsScaleWithTheirQuantity(RepetitionInfo run) {
    forEachPortfolio(run, Samples.everyOption(), (random, positions, market) -> {
      BigDecimal factor = Samples.quantity(random).abs();
      List<Position> scaled = positions.stream()
          .map(position -> new Position(position.instrument(), position.quantity().multiply(factor))).toList();
      assertThat(margin.compute(scaled, market).initial())
          .isEqualByComparingTo(margin.compute(positions, market).initial().multiply(factor));
    });
  }

  @RepeatedTest(5)
  void initialIsAtLeastMaintenanceAndNeitherIsNegative(RepetitionInfo run) {
    forEachPortfolio(run, Samples.everyInstrument(), (random, positions, market) -> {
      MarginResult result = margin.compute(positions, market);
      assertThat(result.maintenance()).isNotNegative().isLessThanOrEqualTo(result.initial());
      assertThat(result.bufferAmount()).isNotNegative();
    });
  }

  @RepeatedTest(5)
  void maximumLossIsThePayoffAtEveryStrikeAndZeroUnlessALongOptionAboveEveryShortOneIsLeftAside(RepetitionInfo run) {
    forEachPortfolio(run, Samples.everyOption(), (random, positions, market) -> {
      for (ExpiryRequirement expiry : margin.compute(positions, market).expiries()) {
        List<Position> held = positions.stream().filter(position -> expiryOf(position).equals(expiry.expiry())).toList();
        BigDecimal published = publishedMaximumLoss(held, market);
        assertThat(expiry.maintenance().maximumLoss()).isLessThanOrEqualTo(published);
        if (noLongAboveEveryShort(held)) {
          assertThat(expiry.maintenance().maximumLoss()).as("%s", held).isEqualByComparingTo(published);
        }
      }
    });
  }

  private interface Check {
    void accept(SplittableRandom random, List<Position> positions, MarketSnapshot market);
  }

  private static void forEachPortfolio(RepetitionInfo run, List<? extends Instrument> choice, Check check) {
    SplittableRandom random = new SplittableRandom(run.getCurrentRepetition());
    for (int i = 0; i < PORTFOLIOS; i++) {
      check.accept(random, Samples.randomPositions(random, choice), Samples.randomMarket(random));
    }
  }

  private static LocalDate expiryOf(Position position) {
    return ((EuropeanOption) position.instrument()).expiry();
  }

  private static boolean noLongAboveEveryShort(List<Position> held) {
    TreeSet<BigDecimal> shorts = new TreeSet<>();
    TreeSet<BigDecimal> longs = new TreeSet<>();
    for (Position position : held) {
      EuropeanOption option = (EuropeanOption) position.instrument();
      int sign = quantityOf(held, option).signum();
      if (sign != 0) {
        (sign < 0 ? shorts : longs).add(option.strike());
      }
    }
    return longs.isEmpty() || (!shorts.isEmpty() && longs.last().compareTo(shorts.last()) <= 0);
  }

  private static BigDecimal publishedMaximumLoss(List<Position> held, MarketSnapshot market) {
    TreeSet<BigDecimal> prices = new TreeSet<>(List.of(BigDecimal.ZERO));
    BigDecimal netCalls = BigDecimal.ZERO;
    for (Position position : held) {
      EuropeanOption option = (EuropeanOption) position.instrument();
      prices.add(option.strike());
      netCalls = option.right() == EuropeanOption.Right.CALL ? netCalls.add(position.quantity()) : netCalls;
    }
    BigDecimal worst = BigDecimal.ZERO;
    for (BigDecimal price : prices) {
      BigDecimal payoff = BigDecimal.ZERO;
      for (Position position : held) {
        payoff = payoff.add(position.quantity().multiply(((EuropeanOption) position.instrument()).payoff(price)));
      }
      worst = worst.min(payoff);
    }
    BigDecimal forward = market.forward("ETH", expiryOf(held.getFirst())).orElseThrow().price();
    return netCalls.min(BigDecimal.ZERO).negate().multiply(forward).multiply(new BigDecimal("1.1")).subtract(worst);
  }

  private static BigDecimal quantityOf(List<Position> held, Instrument instrument) {
    return held.stream().filter(position -> position.instrument().equals(instrument))
        .map(Position::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
