package io.ringfence.margin;

import static io.ringfence.margin.Samples.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeafRequirementTest {

  @ParameterizedTest
  @CsvSource({
      "0, 6, 0", "1, 6, 1000000", "0.000001, 6, 1", "0.0000001, 6, 1", "1.0000001, 6, 1000001", "1.5, 0, 2", "-3, 6, 0",
      "2, 18, 2000000000000000000"})
  void isRoundedUpToTheBaseUnit(String requirement, int decimals, BigInteger units) {
    assertThat(LeafRequirement.of(dec(requirement), decimals).units()).isEqualTo(units);
  }

  @Test
  void fitsNinetySixBits() {
    BigDecimal limit = new BigDecimal(BigInteger.ONE.shiftLeft(96));
    assertThat(LeafRequirement.of(limit.subtract(BigDecimal.ONE), 0).units().bitLength()).isEqualTo(96);
    assertThatThrownBy(() -> LeafRequirement.of(limit.subtract(dec("0.5")), 0))
        .isInstanceOf(LeafOverflowException.class).hasMessageContaining("97").hasMessageContaining("requirement");
    assertThatThrownBy(() -> new LeafRequirement(BigInteger.valueOf(-1))).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> LeafRequirement.of(BigDecimal.ONE, 31)).isInstanceOf(InvalidFigureException.class);
  }
}
