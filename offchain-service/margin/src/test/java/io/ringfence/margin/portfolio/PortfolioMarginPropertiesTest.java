package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Properties over seeded random portfolios. */
class PortfolioMarginPropertiesTest {

  private static final int PORTFOLIOS = 150;

  private final PortfolioMargin margin = new PortfolioMargin(PortfolioGrids.standard());

  @Test
  void orderOfPositionsDoesNotMatterToTheBit() {
    SplittableRandom random = new SplittableRandom(21);
    for (int i = 0; i < PORTFOLIOS; i++) {
      List<OptionPosition> options = PortfolioSamples.options(random);
      // Three lots of one option: their sum must not depend on the order either.
      OptionPosition lot = PortfolioSamples.option(random, 0.1);
      options.add(lot);
      options.add(new OptionPosition(lot.secondsToExpiry(), lot.strike(), lot.right(), lot.volatility(), 0.7));
      options.add(new OptionPosition(lot.secondsToExpiry(), lot.strike(), lot.right(), lot.volatility(), -1e9));
      List<CollateralHolding> collateral = PortfolioSamples.collateral(random);
      Portfolio given = new Portfolio(1, PerpetualPosition.NONE, options, collateral);
      Collections.shuffle(options, new Random(i));
      List<CollateralHolding> shuffled = new ArrayList<>(collateral);
      Collections.reverse(shuffled);
      assertThat(margin.compute(new Portfolio(1, PerpetualPosition.NONE, options, shuffled), PortfolioSamples.MARKET))
          .isEqualTo(margin.compute(given, PortfolioSamples.MARKET));
    }
  }

  @Test
  void orderOfScenariosDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(22);
    List<Scenario> shuffled = new ArrayList<>(PortfolioGrids.standard().scenarios());
    Collections.shuffle(shuffled, new Random(22));
    PortfolioMargin other = new PortfolioMargin(PortfolioGrids.standard().withScenarios(shuffled));
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.portfolio(random);
      assertThat(other.compute(portfolio, PortfolioSamples.MARKET)).isEqualTo(margin.compute(portfolio, PortfolioSamples.MARKET));
    }
    assertThat(other.parameters().canonicalBytes()).isEqualTo(margin.parameters().canonicalBytes());
  }

  @Test
  void closingTheWholeBookLeavesTheCash() {
    SplittableRandom random = new SplittableRandom(23);
    for (int i = 0; i < PORTFOLIOS; i++) {
      List<OptionPosition> options = PortfolioSamples.options(random);
      List<OptionPosition> closed = new ArrayList<>(options);
      options.forEach(option -> closed.add(
          new OptionPosition(option.secondsToExpiry(), option.strike(), option.right(), option.volatility(), -option.quantity())));
      Portfolio portfolio = new Portfolio(0.0, PerpetualPosition.NONE, closed, List.of());
      boolean exact = portfolio.options().isEmpty();
      PortfolioMarginResult result = margin.compute(portfolio, PortfolioSamples.MARKET);
      // Lots of one option that were added up in another order may leave their rounding.
      assertThat(Math.abs(result.initial())).isLessThanOrEqualTo(exact ? 0.0 : 1e-6);
      assertThat(Math.abs(result.maintenance())).isLessThanOrEqualTo(exact ? 0.0 : 1e-6);
    }
  }

  @Test
  void addingCollateralNeverHurts() {
    SplittableRandom random = new SplittableRandom(24);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.portfolio(random);
      boolean cancelling = random.nextBoolean();
      CollateralHolding more = new CollateralHolding("MORE", random.nextDouble(0, 10), 95_663.5, 0.9, random.nextDouble(0, 0.5),
          random.nextDouble(0, 0.1), cancelling);
      List<CollateralHolding> added = new ArrayList<>(portfolio.collateral());
      added.add(more);
      Portfolio richer = new Portfolio(portfolio.cash(), portfolio.perpetual(), portfolio.options(), added);
      PortfolioMarginResult before = margin.compute(portfolio, PortfolioSamples.MARKET);
      PortfolioMarginResult after = margin.compute(richer, PortfolioSamples.MARKET);
      assertThat(after.initial()).isGreaterThanOrEqualTo(before.initial());
      assertThat(after.maintenance()).isGreaterThanOrEqualTo(before.maintenance());
    }
  }

  @Test
  void doublingEverythingDoublesTheMarginToTheBit() {
    SplittableRandom random = new SplittableRandom(25);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.portfolio(random);
      PortfolioMarginResult once = margin.compute(portfolio, PortfolioSamples.MARKET);
      PortfolioMarginResult twice = margin.compute(doubled(portfolio), PortfolioSamples.MARKET);
      assertThat(twice.initial()).isEqualTo(2 * once.initial());
      assertThat(twice.maintenance()).isEqualTo(2 * once.maintenance());
      assertThat(twice.worst().name()).isEqualTo(once.worst().name());
    }
  }

  @Test
  void worstIsTheLeastOfEverythingScanned() {
    SplittableRandom random = new SplittableRandom(26);
    for (int i = 0; i < PORTFOLIOS; i++) {
      PortfolioMarginResult result = margin.compute(PortfolioSamples.portfolio(random), PortfolioSamples.MARKET);
      double least = result.outcomes().stream().mapToDouble(WorstCase.ScenarioOutcome::profit).min().orElseThrow();
      assertThat(result.worst().profit()).isEqualTo(Math.min(least, result.basis().profit())).isNotPositive();
    }
  }

  @Test
  void moreCashIsMoreMarginByTheSameAmount() {
    Portfolio poor = PortfolioSamples.portfolio(new SplittableRandom(27));
    Portfolio rich = new Portfolio(poor.cash() + 4096, poor.perpetual(), poor.options(), poor.collateral());
    double change = margin.compute(rich, PortfolioSamples.MARKET).initial() - margin.compute(poor, PortfolioSamples.MARKET).initial();
    assertThat(change).isCloseTo(4096, offset(1e-6));
  }

  @Test
  void aBookOfAnySizeHasTheMarginOfItsSize() {
    SplittableRandom random = new SplittableRandom(28);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.withFutures(random);
      double factor = List.of(3.0, 0.7, 1e-6, 12_345.678).get(i % 4);
      PortfolioMarginResult once = margin.compute(portfolio, PortfolioSamples.MARKET);
      PortfolioMarginResult scaled = margin.compute(scaled(portfolio, factor), PortfolioSamples.MARKET);
      double rounding = 1e-12 * gross(portfolio) * factor;
      assertThat(scaled.initial()).isCloseTo(factor * once.initial(), offset(rounding));
      assertThat(scaled.maintenance()).isCloseTo(factor * once.maintenance(), offset(rounding));
      assertThat(scaled.worst().profit()).isCloseTo(factor * once.worst().profit(), offset(rounding));
    }
  }

  /** Everything at 100,000 a unit, and the cash. */
  private static double gross(Portfolio portfolio) {
    return Math.abs(portfolio.cash()) + 1e5 * (1 + Math.abs(portfolio.perpetual().quantity())
        + portfolio.options().stream().mapToDouble(option -> Math.abs(option.quantity())).sum()
        + portfolio.futures().stream().mapToDouble(future -> Math.abs(future.quantity())).sum()
        + portfolio.collateral().stream().mapToDouble(CollateralHolding::amount).sum());
  }

  @Test
  void closingEverythingLeavesNothing() {
    SplittableRandom random = new SplittableRandom(29);
    for (int i = 0; i < PORTFOLIOS; i++) {
      Portfolio portfolio = PortfolioSamples.withFutures(random);
      Portfolio opposite = scaled(portfolio, -1);
      PerpetualPosition perpetual = portfolio.perpetual();
      PerpetualPosition closed = new PerpetualPosition(perpetual.quantity() + opposite.perpetual().quantity(),
          perpetual.unrealised() + opposite.perpetual().unrealised(), perpetual.funding() + opposite.perpetual().funding());
      Portfolio nothing = new Portfolio(portfolio.cash() + opposite.cash(), closed,
          Stream.concat(portfolio.futures().stream(), opposite.futures().stream()).toList(),
          Stream.concat(portfolio.options().stream(), opposite.options().stream()).toList(), List.of());
      assertThat(nothing).isEqualTo(Portfolio.EMPTY);
      PortfolioMarginResult result = margin.compute(nothing, PortfolioSamples.MARKET);
      assertThat(result.initial()).isEqualTo(0.0);
      assertThat(result.maintenance()).isEqualTo(0.0);
      assertThat(result.markToMarket()).isEqualTo(0.0);
      assertThat(result.contingencies().initial()).isEqualTo(0.0);
    }
  }

  private static Portfolio doubled(Portfolio portfolio) {
    return scaled(portfolio, 2);
  }

  /** Every quantity and amount times a factor; collateral times its size, as it cannot be owed. */
  private static Portfolio scaled(Portfolio portfolio, double factor) {
    PerpetualPosition perpetual = portfolio.perpetual();
    return new Portfolio(
        factor * portfolio.cash(),
        new PerpetualPosition(factor * perpetual.quantity(), factor * perpetual.unrealised(), factor * perpetual.funding()),
        portfolio.futures().stream()
            .map(future -> new FuturePosition(future.secondsToExpiry(), factor * future.quantity(), factor * future.unrealised()))
            .toList(),
        portfolio.options().stream()
            .map(option -> new OptionPosition(
                option.secondsToExpiry(), option.strike(), option.right(), option.volatility(), factor * option.quantity()))
            .toList(),
        portfolio.collateral().stream()
            .map(holding -> new CollateralHolding(holding.asset(), Math.abs(factor) * holding.amount(), holding.price(),
                holding.confidence(), holding.maintenanceHaircut(), holding.initialHaircut(), holding.riskCancelling()))
            .toList());
  }
}
