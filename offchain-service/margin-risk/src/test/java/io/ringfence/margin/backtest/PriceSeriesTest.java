package io.ringfence.margin.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.margin.backtest.PriceSeries.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prices are found at their moment only, and gaps are known. */
class PriceSeriesTest {

  @Test
  void priceIsThereAtItsMomentOnly() {
    PriceSeries series = BacktestSamples.hourly("BTC", 10, 11, Double.NaN, Double.NaN, 14);
    assertThat(series.at(BacktestSamples.START.plus(BacktestSamples.HOUR))).hasValue(11);
    assertThat(series.at(BacktestSamples.START.plusSeconds(7200))).isEmpty();
    assertThat(series.at(BacktestSamples.START.plusSeconds(1))).isEmpty();
    assertThat(series.at(BacktestSamples.START.plusNanos(1))).isEmpty();
    assertThat(series.gaps()).containsExactly(new PriceSeries.Gap(
        BacktestSamples.START.plusSeconds(3600), BacktestSamples.START.plusSeconds(4 * 3600), 2));
  }

  @Test
  void timesOffTheGridAndBadPricesAreRefused() {
    Observation first = new Observation(BacktestSamples.START, 10);
    assertThatThrownBy(() -> PriceSeries.of("BTC", 3600, List.of(first, first))).hasMessageContaining("whole number of bars");
    assertThatThrownBy(() -> PriceSeries.of("BTC", 3600, List.of(first, new Observation(BacktestSamples.START.plusSeconds(5400), 1))))
        .hasMessageContaining("whole number of bars of 3600 s");
    assertThatThrownBy(() -> PriceSeries.of("BTC", 3600, List.of(new Observation(BacktestSamples.START, 0))))
        .hasMessageContaining("price of BTC at 2026-01-05T00:00:00Z is 0.0");
    assertThatThrownBy(() -> PriceSeries.of("BTC", 3600, List.of())).hasMessageContaining("are none");
  }

  @Test
  void windowHoldsOneSeriesOfAnUnderlying() {
    PriceSeries series = BacktestSamples.hourly("BTC", 10);
    assertThatThrownBy(() -> BacktestSamples.window(series, series)).hasMessageContaining("two series of BTC");
  }
}
