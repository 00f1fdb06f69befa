package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.portfolio.CollateralSchedule.Balance;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CollateralScheduleTest {

  private final CollateralSchedule schedule = new CollateralSchedule("VEN", true, new TreeMap<>(Map.of(
      "ETH", new CollateralRule(0.1, 0.05, "ETH", 1000, List.of(new ConcentrationStep(200, 0.1), new ConcentrationStep(500, 0.3))),
      "USDC", new CollateralRule(0, 0, "", 1e9, List.of()))));

  private double counted(List<CollateralHolding> holdings) {
    return holdings.stream().mapToDouble(holding -> holding.value(1) * (1 - holding.maintenanceHaircut())).sum();
  }

  @Test
  void eachSliceIsCutAtItsOwnRate() {
    assertThat(counted(schedule.apply(List.of(new Balance("ETH", 1, 200, 1)), 1, "ETH"))).isCloseTo(180, offset(1e-9));
    assertThat(counted(schedule.apply(List.of(new Balance("ETH", 3, 200, 1)), 1, "ETH")))
        .isCloseTo(200 * 0.9 + 300 * 0.8 + 100 * 0.6, offset(1e-9));
  }

  @Test
  void whatIsAboveTheCapCountsNothingAndHedgesNothing() {
    List<CollateralHolding> holdings = schedule.apply(List.of(new Balance("ETH", 10, 200, 0.2)), 1, "ETH");
    assertThat(holdings).containsExactly(
        new CollateralHolding("ETH", 1, 200, 0.2, 0.1, 0.05, true),
        new CollateralHolding("ETH", 1.5, 200, 0.2, 0.2, 0.05, true),
        new CollateralHolding("ETH", 2.5, 200, 0.2, 0.4, 0.05, true),
        new CollateralHolding("ETH", 5, 200, 1, 1, 0, false));
    assertThat(counted(holdings)).isCloseTo(200 * 0.9 + 300 * 0.8 + 500 * 0.6, offset(1e-9));
  }

  @Test
  void venuesOwnTokenCountsZero() {
    assertThat(schedule.apply(List.of(new Balance("VEN", 1e6, 3, 1)), 1, "ETH"))
        .containsExactly(new CollateralHolding("VEN", 1e6, 3, 1, 1, 0, false));
    PortfolioMargin margin = PortfolioSamples.unbuffered();
    Portfolio portfolio = new Portfolio(5, PerpetualPosition.NONE, List.of(),
        schedule.apply(List.of(new Balance("VEN", 1e6, 3, 0.1)), 1, "ETH"));
    assertThat(margin.compute(portfolio, PortfolioSamples.MARKET).initial()).isEqualTo(5);
    assertThat(margin.compute(portfolio, PortfolioSamples.MARKET).maintenance()).isEqualTo(5);
  }

  @Test
  void moreOfAnAssetNeverCountsLess() {
    SplittableRandom random = new SplittableRandom(31);
    for (int i = 0; i < 2000; i++) {
      double amount = random.nextDouble(0, 10);
      double less = counted(schedule.apply(List.of(new Balance("ETH", amount, 200, 1)), 1, "ETH"));
      double more = counted(schedule.apply(List.of(new Balance("ETH", amount + random.nextDouble(), 200, 1)), 1, "ETH"));
      assertThat(more).isGreaterThanOrEqualTo(less - 1e-9);
    }
  }

  @Test
  void anAssetMovesInTheScanOfTheUnderlyingThatItFollowsAlone() {
    List<Balance> balances = List.of(new Balance("ETH", 1, 200, 1));
    assertThat(schedule.apply(balances, 1, "ETH")).extracting(CollateralHolding::riskCancelling).containsExactly(true);
    for (String other : List.of("BTC", "")) {
      List<CollateralHolding> elsewhere = schedule.apply(balances, 1, other);
      assertThat(elsewhere).extracting(CollateralHolding::riskCancelling).containsExactly(false);
      assertThat(counted(elsewhere)).isCloseTo(180, offset(1e-9));
    }
    assertThat(schedule.apply(List.of(new Balance("USDC", 1, 1, 1)), 1, "")).noneMatch(CollateralHolding::riskCancelling);
  }

  @Test
  void anAssetStandsWhereItsUnderlyingIsScannedElseAtHome() {
    assertThat(schedule.scanOf("ETH", "BTC", listed -> true)).isEqualTo("ETH");
    assertThat(schedule.scanOf("ETH", "BTC", List.of("BTC")::contains)).isEqualTo("BTC");
    assertThat(schedule.scanOf("USDC", "BTC", listed -> true)).isEqualTo("BTC");
    assertThat(schedule.scanOf("VEN", "BTC", listed -> true)).isEqualTo("BTC");
  }

  @Test
  void valueIsTakenInSettlementAsset() {
    List<CollateralHolding> holdings = schedule.apply(List.of(new Balance("ETH", 4, 200, 1)), 0.5, "ETH");
    assertThat(holdings).extracting(holding -> holding.value(0.5)).containsExactly(200.0, 300.0, 500.0, 600.0);
  }

  @Test
  void unknownOrRepeatedAssetsAreNamed() {
    assertThatThrownBy(() -> schedule.apply(List.of(new Balance("DOGE", 1, 1, 1)), 1, "ETH")).hasMessageContaining("DOGE has no rule");
    assertThatThrownBy(() -> schedule.apply(List.of(new Balance("ETH", 1, 1, 1), new Balance("ETH", 2, 1, 1)), 1, "ETH"))
        .hasMessageContaining("given twice");
    assertThatThrownBy(() -> schedule.apply(List.of(new Balance("ETH", -1, 1, 1)), 1, "ETH")).hasMessageContaining("negative");
  }
}
