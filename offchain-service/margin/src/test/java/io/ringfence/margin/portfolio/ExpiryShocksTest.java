package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

/** What an expiry's options share, against the formulas written out with the platform's functions. */
class ExpiryShocksTest {

  private static final long DAY = 86_400;
  private static final long YEAR = 365 * DAY;

  private static ExpiryShocks shocks(long seconds, double rate) {
    return ExpiryShocks.of(PortfolioSamples.UNBUFFERED, new ExpiryMarket(seconds, 100, 1, rate, 1, 1));
  }

  @Test
  void volatilityMovesMoreTheNearerTheExpiry() {
    assertThat(shocks(30 * DAY, 0).upMultiplier()).isEqualTo(1.5);
    assertThat(shocks(30 * DAY, 0).downMultiplier()).isEqualTo(0.7);
    assertThat(shocks(10 * DAY, 0).upMultiplier()).isCloseTo(1 + 0.5 * Math.pow(3, 0.3), offset(1e-14));
    assertThat(shocks(300 * DAY, 0).upMultiplier()).isCloseTo(1 + 0.5 * Math.pow(0.1, 0.13), offset(1e-14));
    assertThat(shocks(300 * DAY, 0).downMultiplier()).isCloseTo(1 - 0.3 * Math.pow(0.1, 0.13), offset(1e-14));
  }

  @Test
  void nearerThanTheFloorItMovesNoMore() {
    assertThat(shocks(DAY, 0).upMultiplier()).isCloseTo(1 + 0.5 * Math.pow(30, 0.3), offset(1e-14));
    assertThat(shocks(3600, 0).upMultiplier()).isEqualTo(shocks(DAY, 0).upMultiplier());
    assertThat(shocks(-5, 0).upMultiplier()).isEqualTo(shocks(DAY, 0).upMultiplier());
  }

  @Test
  void volatilityDoesNotFallBelowNothing() {
    VolatilityRange wide = new VolatilityRange(0.5, 2, 0.3, 0.13, 1, 0.4);
    PortfolioMarginParameters base = PortfolioSamples.UNBUFFERED;
    PortfolioMarginParameters parameters = new PortfolioMarginParameters(
        base.model(), base.version(), base.scenarios(), wide, base.skew(), base.discount(),
        base.basis(), base.loss(), base.contingency(), base.confidence(), base.settlementWindowSeconds(), base.buffer(), base.collateral());
    assertThat(ExpiryShocks.of(parameters, new ExpiryMarket(DAY, 100, 1, 0, 1, 1)).downMultiplier()).isZero();
  }

  @Test
  void discountsDependOnTheSign() {
    ExpiryShocks year = shocks(YEAR, 0.3);
    assertThat(year.discount()).isCloseTo(Math.exp(-0.3), offset(1e-15));
    assertThat(year.discounted(10)).isCloseTo(10 * 0.95 * Math.exp(-0.38), offset(1e-14));
    assertThat(year.discounted(-10)).isCloseTo(-10 * 1.04 * Math.exp(0.15 + 0.08), offset(1e-13));
    // Owing later never counts for more than paying at expiry does.
    assertThat(shocks(YEAR, 0.05).discounted(-10)).isCloseTo(-10 * Math.exp(0.05), offset(1e-13));
  }

  @Test
  void rateBelowZeroCountsAsZero() {
    assertThat(shocks(YEAR, -1.2)).extracting(ExpiryShocks::discount, ExpiryShocks::longDiscount, ExpiryShocks::shortDiscount)
        .containsExactly(1.0, shocks(YEAR, 0).longDiscount(), 1.0);
  }

  @Test
  void skewNarrowsWithTheRootOfTime() {
    ExpiryShocks year = shocks(YEAR, 0);
    assertThat(year.linearCap()).isCloseTo(0.10, offset(1e-15));
    assertThat(year.skewWidth()).isCloseTo(4 * (0.6 - 0.1), offset(1e-15));
    assertThat(shocks(0, 0).skewWidth()).isEqualTo(0.01);
    assertThat(year.basisFactor()).isEqualTo(2.5);
  }
}
