package io.ringfence.margin.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against values computed elsewhere from the published formula. */
class KupiecTest {

  @ParameterizedTest
  @CsvSource({
    "1000, 15, 2.189248388847858, 0.1389771183180129",
    "250, 0, 5.025167926750726, 0.02498150305344971",
    "250, 2, 0.10843521623679919, 0.7419327009526282",
    "100, 10, 28.895869495102446, 7.637560754468431e-08",
    "5, 5, 46.05170185988091, 1.1517305444156723e-11",
  })
  void statisticAndProbability(long observations, long exceedances, double statistic, double probability) {
    Kupiec kupiec = Kupiec.of(observations, exceedances, 0.01);
    assertThat(kupiec.statistic()).isCloseTo(statistic, offset(1e-9));
    assertThat(kupiec.probability()).isCloseTo(probability, offset(1e-12));
  }

  @Test
  void theExpectedShareIsNotRejected() {
    assertThat(Kupiec.of(1000, 10, 0.01).statistic()).isCloseTo(0, offset(1e-12));
    assertThat(Kupiec.of(1000, 10, 0.01).probability()).isCloseTo(1, offset(1e-5));
    assertThat(Kupiec.of(1000, 10, 0.01).rejected()).isFalse();
    assertThat(Kupiec.of(1000, 30, 0.01).rejected()).isTrue();
  }

  @Test
  void impossibleCountsAreRefused() {
    assertThatThrownBy(() -> Kupiec.of(0, 0, 0.01)).hasMessageContaining("0 of 0");
    assertThatThrownBy(() -> Kupiec.of(1, 2, 0.01)).hasMessageContaining("2 of 1");
    assertThatThrownBy(() -> Kupiec.of(1, 1, 1)).hasMessageContaining("rate is 1.0");
  }
}
