package io.ringfence.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentTest {

  @Test
  void namesStandForInstruments() {
    LocalDate expiry = LocalDate.of(2025, 10, 31);
    assertThat(Instrument.parse("BTC-PERP")).isEqualTo(new Perpetual("BTC"));
    assertThat(Instrument.parse("BTC-20251031")).isEqualTo(new DatedFuture("BTC", expiry));
    assertThat(Instrument.parse("BTC-20251031-135000-C"))
        .isEqualTo(new EuropeanOption("BTC", expiry, new BigDecimal("135000"), EuropeanOption.Right.CALL));
    assertThat(Instrument.parse("XRP2-20251031-0.55-P"))
        .isEqualTo(new EuropeanOption("XRP2", expiry, new BigDecimal("0.55"), EuropeanOption.Right.PUT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BTC-PERP", "ETH-20240229", "BTC-20251031-135000-C", "A-20251031-0.000000000000000001-P"})
  void nameOfAParsedNameIsTheName(String name) {
    assertThat(Instrument.parse(name).name()).isEqualTo(name);
  }

  @Test
  void strikeHasOneRepresentation() {
    LocalDate expiry = LocalDate.of(2025, 10, 31);
    for (String strike : new String[] {"135000", "135000.00", "1.35E+5"}) {
      EuropeanOption option = new EuropeanOption("BTC", expiry, new BigDecimal(strike), EuropeanOption.Right.CALL);
      assertThat(option.name()).isEqualTo("BTC-20251031-135000-C");
      assertThat(option).isEqualTo(Instrument.parse("BTC-20251031-135000-C"));
    }
  }

  @ParameterizedTest
  @CsvSource({
      "BTC, 1 parts", "BTC-, neither PERP", "btc-PERP, underlying", "1BTC-PERP, underlying", "ABCDEFGHIJKLM-PERP, underlying",
      "-PERP, underlying", "BTC-perp, neither PERP", "BTC-20250229, not a day", "BTC-2025103, neither PERP", "BTC-20251031-, 3 parts",
      "BTC-20251031-135000, 3 parts", "BTC-20251031-135000-X, neither C", "BTC-20251031-135000-CC, neither C",
      "BTC-20251031-0135000-C, strike", "BTC-20251031-1.50-C, strike", "BTC-20251031-0-C, strike", "BTC-20251031--5-C, 5 parts",
      "BTC-20251031-1e5-C, strike", "BTC-20251031-+5-C, strike", "BTC-20251031-5.-C, strike", "BTC-20251031-1000000000000000000-C, strike",
      "BTC-PERP-5-C, neither PERP", "BTC-20251031-5-C-, 5 parts", "BTC-٢٠٢٥١٠٣١, neither PERP", "BTC-00000101, years 1"})
  void malformedNameSaysWhatIsWrong(String name, String problem) {
    assertThatThrownBy(() -> Instrument.parse(name)).isInstanceOf(MarginException.class).hasMessageContaining(problem);
  }

  @ParameterizedTest
  @NullAndEmptySource
  void absentNameIsRefusedWithAnExample(String name) {
    assertThatThrownBy(() -> Instrument.parse(name))
        .isInstanceOf(InstrumentNameException.class).hasMessageContaining("is empty").hasMessageContaining("BTC-20251031-135000-C");
  }

  @Test
  void overlongNameIsNotEchoedWhole() {
    assertThatThrownBy(() -> Instrument.parse("B".repeat(100_000)))
        .isInstanceOf(InstrumentNameException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300).contains("longer than"));
  }

  @Test
  void expiresAtEightUtc() {
    DatedFuture future = new DatedFuture("BTC", LocalDate.of(2025, 10, 31));
    assertThat(future.expiresAt()).isEqualTo(Instant.parse("2025-10-31T08:00:00Z"));
    assertThat(future.isExpired(Instant.parse("2025-10-31T08:00:00Z"))).isTrue();
    assertThat(future.isExpired(Instant.parse("2025-10-31T07:59:59.999999999Z"))).isFalse();
  }

  @Test
  void payoffs() {
    assertThat(Samples.call(1500).payoff(new BigDecimal("1600"))).isEqualByComparingTo("100");
    assertThat(Samples.call(1500).payoff(new BigDecimal("1400"))).isZero();
    assertThat(Samples.put(1500).payoff(BigDecimal.ZERO)).isEqualByComparingTo("1500");
    assertThat(Samples.put(1500).outOfTheMoney(new BigDecimal("1600"))).isEqualByComparingTo("100");
    assertThatThrownBy(() -> Samples.put(1500).payoff(new BigDecimal("-1"))).isInstanceOf(InvalidFigureException.class);
  }

  @Test
  void partsAreChecked() {
    LocalDate expiry = LocalDate.of(2025, 10, 31);
    assertThatThrownBy(() -> new Perpetual(null)).isInstanceOf(InstrumentNameException.class);
    assertThatThrownBy(() -> new DatedFuture("BTC", null)).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> new DatedFuture("BTC", LocalDate.of(10_000, 1, 1))).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> new EuropeanOption("BTC", expiry, BigDecimal.ZERO, EuropeanOption.Right.PUT))
        .isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> new EuropeanOption("BTC", expiry, BigDecimal.ONE, null)).isInstanceOf(InvalidFigureException.class);
  }
}
