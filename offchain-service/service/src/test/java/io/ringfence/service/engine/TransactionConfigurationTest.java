package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.ringfence.chain.tx.TransactionSettings;
import io.ringfence.service.config.RingfenceConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

class TransactionConfigurationTest {

  @Test
  void withoutAWordTheyAreThoseOfALocalChain() {
    assertThat(settings(Map.of())).isEqualTo(TransactionSettings.LOCAL);
  }

  @Test
  void eachIsTakenFromItsOwnProperty() {
    assertThat(settings(Map.of("confirmations", "3", "replace-after", "45s", "bump-percent", "25", "poll", "2s", "timeout", "5m")))
        .isEqualTo(new TransactionSettings(Duration.ofSeconds(45), 25, Duration.ofSeconds(2), Duration.ofMinutes(5), 3));
  }

  @Test
  void figureThatCannotWorkIsNamed() {
    assertThatThrownBy(() -> settings(Map.of("bump-percent", "5")))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("ringfence.transactions").hasMessageContaining("bumpPercent is 5");
  }

  private static TransactionSettings settings(Map<String, String> properties) {
    Map<String, String> all = new HashMap<>(Map.of("ringfence.deployment", "none.json"));
    properties.forEach((name, value) -> all.put("ringfence.transactions." + name, value));
    var config = new SmallRyeConfigBuilder()
        .withConverters(new Converter<?>[] {new DurationConverter()}).withMapping(RingfenceConfig.class).withSources(new ConfigSource() {
      @Override
      public Set<String> getPropertyNames() {
        return all.keySet();
      }

      @Override
      public String getValue(String name) {
        return all.get(name);
      }

      @Override
      public String getName() {
        return "test";
      }
    }).build();
    return EngineProducer.settings(config.getConfigMapping(RingfenceConfig.class).transactions());
  }
}
