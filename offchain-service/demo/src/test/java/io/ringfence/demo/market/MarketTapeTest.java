package io.ringfence.demo.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MarketTapeTest {

  private final MarketTape tape = MarketTape.load();

  @Test
  void everyStepHasEveryPriceAndNoneFromItsFuture() {
    assertThat(tape.steps()).hasSize(43);
    for (MarketStep step : tape.steps()) {
      assertThat(step.time()).isEqualTo(Instant.parse("2025-10-10T19:30:00Z").plus(Duration.ofMinutes(5).multipliedBy(step.number())));
      assertThat(step.options()).hasSize(5);
      assertThat(step.spots()).hasSize(2).allSatisfy(quote -> {
        assertThat(quote.time()).isBeforeOrEqualTo(step.time());
        assertThat(quote.price()).isPositive();
      });
      assertThat(step.options()).allSatisfy(quote -> {
        assertThat(quote.time()).isBeforeOrEqualTo(step.time());
        assertThat(quote.price()).isPositive();
      });
    }
  }

  @Test
  void figuresAreThoseOfTheSources() {
    MarketStep low = tape.steps().get(22);
    assertThat(low.time()).isEqualTo(Instant.parse("2025-10-10T21:20:00Z"));
    assertThat(low.spot("BTC").price()).isEqualByComparingTo("104393.20");
    assertThat(low.spot("ETH").price()).isEqualByComparingTo("3702.22");
    assertThat(low.mark("BTC-PERP").price()).isEqualByComparingTo("104393.20");
    assertThat(low.mark("BTC-20251031-80000-P").price())
        .isEqualByComparingTo(new BigDecimal("0.0023770449543625").multiply(new BigDecimal("108569.1")));
  }

  @Test
  void anOkxNameBecomesCanonical() {
    assertThat(MarketTape.canonicalName("BTC-USD-251128-132000-C")).isEqualTo("BTC-20251128-132000-C");
    assertThatThrownBy(() -> MarketTape.canonicalName("BTC-PERP")).hasMessageContaining("not the name of an OKX option");
  }

  @Test
  void aPriceThatIsNotOnTheTapeIsNamed() {
    assertThatThrownBy(() -> tape.steps().getFirst().mark("DOGE-PERP")).hasMessageContaining("DOGE");
  }
}
