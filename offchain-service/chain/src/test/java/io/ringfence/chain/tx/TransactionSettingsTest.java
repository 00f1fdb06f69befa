package io.ringfence.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TransactionSettingsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void figuresThatCannotWorkAreNamed() {
    refused("replaceAfter", Duration.ZERO, 13, SECOND, SECOND, 0);
    refused("poll", SECOND, 13, Duration.ofSeconds(-1), SECOND, 0);
    refused("await", SECOND, 13, SECOND, Duration.ZERO, 0);
    refused("bumpPercent", SECOND, 9, SECOND, SECOND, 0);
    refused("bumpPercent", SECOND, 1_001, SECOND, SECOND, 0);
    refused("confirmations", SECOND, 13, SECOND, SECOND, -1);
    assertThat(new TransactionSettings(SECOND, 10, SECOND, SECOND, 0).bumpPercent()).isEqualTo(10);
  }

  private static void refused(String figure, Duration replaceAfter, int bump, Duration poll, Duration await, int confirmations) {
    assertThatThrownBy(() -> new TransactionSettings(replaceAfter, bump, poll, await, confirmations))
        .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(figure + " is ");
  }
}
