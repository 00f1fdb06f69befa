package io.ringfence.margin.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counting, and the measures of procyclicality. */
class CoverageTest {

  private static final Instant START = BacktestSamples.START;

  @Test
  void exceedanceIsALossGreaterThanTheRequirement() {
    List<AccountStep> steps = List.of(step(0, 10, 10, 12, 11), step(1, 11, 10, 12, 11), step(2, 13, 10, 12, 11), step(3, -5, 1, 2, 1));
    Coverage without = Coverage.of(steps, Buffering.WITHOUT, 0.99);
    assertThat(without.exceedances()).containsExactly(steps.get(1), steps.get(2));
    assertThat(without.inside()).isEqualTo(0.5);
    assertThat(without.worst()).contains(steps.get(2));
    assertThat(Coverage.of(steps, Buffering.ABSORBING, 0.99).exceedances()).containsExactly(steps.get(2));
    assertThat(Coverage.of(steps, Buffering.WITH, 0.99).exceedances()).containsExactly(steps.get(2));
    assertThat(without.kupiec()).contains(Kupiec.of(4, 2, 1.0 - 0.99));
  }

  @Test
  void nothingMeasuredIsNoTest() {
    Coverage coverage = Coverage.of(List.of(), Buffering.WITH, 0.99);
    assertThat(coverage.kupiec()).isEmpty();
    assertThat(coverage.worst()).isEmpty();
    assertThat(coverage.observations()).isZero();
  }

  @Test
  void peakTroughAndTheLargestRiseWithinADay() {
    List<Procyclicality.Level> path = List.of(level(0, 100), level(12, 80), level(24, 130), level(36, 120), level(49, 400));
    Procyclicality measured = Procyclicality.of(path).orElseThrow();
    assertThat(measured.peak()).isEqualTo(400);
    assertThat(measured.trough()).isEqualTo(80);
    assertThat(measured.ratio()).contains(5.0);
    // From 12 h to 36 h; the step at 49 h has none exactly a day before it.
    assertThat(measured.rise()).contains(new Procyclicality.Rise(START.plusSeconds(12 * 3600), 40, 0.5));
  }

  @Test
  void pathsWithoutDaysOrStepsHaveNoRise() {
    assertThat(Procyclicality.of(List.of())).isEmpty();
    assertThat(Procyclicality.of(List.of(level(0, 0), level(1, 3))).orElseThrow().rise()).isEmpty();
    assertThat(Procyclicality.of(List.of(level(0, 0), level(1, 3))).orElseThrow().ratio()).isEmpty();
  }

  private static AccountStep step(int hour, double loss, double without, double with, double absorbing) {
    return new AccountStep(START.plusSeconds(hour * 3600L), "a", loss, without, with, absorbing);
  }

  private static Procyclicality.Level level(int hour, double requirement) {
    return new Procyclicality.Level(START.plusSeconds(hour * 3600L), requirement);
  }
}
