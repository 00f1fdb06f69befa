package io.ringfence.margin;

import static io.ringfence.margin.Samples.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.margin.StandardMarginParameters.Buffer;
import io.ringfence.margin.StandardMarginParameters.LinearTier;
import io.ringfence.margin.StandardMarginParameters.OptionRates;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StandardMarginParametersTest {

  private final StandardMarginParameters standard = StandardMarginParameters.standard();

  @Test
  void defaultsAreThePublishedFile() throws IOException {
    assertThat(standard.canonicalBytes()).isEqualTo(publishedFile());
  }

  @Test
  void jsonMapperReadsTheCanonicalForm() throws IOException {
    assertThat(new ObjectMapper().readValue(publishedFile(), StandardMarginParameters.class)).isEqualTo(standard);
    StandardMarginParameters changed = standard
        .withBuffer(dec("1.1"), "risk committee 2025-10-11, item 3")
        .withLinear("BTC", List.of(new LinearTier(dec("0"), dec("0.04"), dec("0.02"))));
    assertThat(new ObjectMapper().readValue(changed.canonicalBytes(), StandardMarginParameters.class)).isEqualTo(changed);
  }

  @Test
  void canonicalFormIsCompactSortedAndIndependentOfSpelling() throws IOException {
    StandardMarginParameters respelled = standard.withBuffer(dec("1.2500"), "");
    assertThat(respelled.canonicalBytes()).isEqualTo(standard.canonicalBytes());
    String json = new String(standard.canonicalBytes(), StandardCharsets.UTF_8);
    assertThat(new ObjectMapper().readTree(json)).hasToString(json);
    assertThat(json).startsWith("{\"buffer\":{\"decision\":\"\",\"factor\":\"1.25\"},\"linear\":{\"*\":[{\"from\":\"0\"")
        .endsWith("\"version\":\"1\"}");
  }

  @Test
  void everyFigureChangesTheCanonicalForm() {
    OptionRates rates = standard.option();
    List<OptionRates> others = List.of(
        new OptionRates(dec("0.16"), rates.initialFloor(), rates.maintenanceCall(), rates.maintenancePut(), rates.maintenancePutMark(),
            rates.unpairedInitial(), rates.unpairedMaintenance()),
        new OptionRates(rates.initial(), dec("0.11"), rates.maintenanceCall(), rates.maintenancePut(), rates.maintenancePutMark(),
            rates.unpairedInitial(), rates.unpairedMaintenance()),
        new OptionRates(rates.initial(), rates.initialFloor(), dec("0.07"), rates.maintenancePut(), rates.maintenancePutMark(),
            rates.unpairedInitial(), rates.unpairedMaintenance()),
        new OptionRates(rates.initial(), rates.initialFloor(), rates.maintenanceCall(), dec("0.07"), rates.maintenancePutMark(),
            rates.unpairedInitial(), rates.unpairedMaintenance()),
        new OptionRates(rates.initial(), rates.initialFloor(), rates.maintenanceCall(), rates.maintenancePut(), dec("0.07"),
            rates.unpairedInitial(), rates.unpairedMaintenance()),
        new OptionRates(rates.initial(), rates.initialFloor(), rates.maintenanceCall(), rates.maintenancePut(),
            rates.maintenancePutMark(), dec("1.3"), rates.unpairedMaintenance()),
        new OptionRates(rates.initial(), rates.initialFloor(), rates.maintenanceCall(), rates.maintenancePut(),
            rates.maintenancePutMark(), rates.unpairedInitial(), dec("1")));
    assertThat(others.stream().map(other -> canonical(with(other))).distinct()).hasSize(others.size()).doesNotContain(canonical(standard));
    assertThat(canonical(standard.withBuffer(dec("1.3"), ""))).isNotEqualTo(canonical(standard));
    assertThat(canonical(standard.withBuffer(dec("1.25"), "x"))).isNotEqualTo(canonical(standard));
  }

  @Test
  void tiersOfAnUnderlyingOrOfEveryOther() {
    List<LinearTier> own = List.of(new LinearTier(dec("0"), dec("0.04"), dec("0.02")));
    StandardMarginParameters changed = standard.withLinear("BTC", own);
    assertThat(changed.tiersOf("BTC")).isEqualTo(own);
    assertThat(changed.tiersOf("ETH")).isEqualTo(standard.tiersOf("ETH")).hasSize(4);
  }

  @Test
  void bufferBelowAQuarterNeedsANamedDecision() {
    assertThat(standard.buffer().factor()).isEqualByComparingTo("1.25");
    assertThatThrownBy(() -> new Buffer(dec("1.2"), " ")).isInstanceOf(InvalidFigureException.class).hasMessageContaining("decision");
    assertThatThrownBy(() -> new Buffer(dec("0.99"), "decision 7")).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> new Buffer(dec("1.25"), null)).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> new Buffer(dec("1.25"), "\"")).isInstanceOf(InvalidFigureException.class);
  }

  @Test
  void inconsistentFiguresAreRefused() {
    BigDecimal one = BigDecimal.ONE;
    BigDecimal two = dec("2");
    BigDecimal zero = BigDecimal.ZERO;
    assertThatThrownBy(() -> new OptionRates(one, one, two, one, one, one, one)).hasMessageContaining("maintenanceCall");
    assertThatThrownBy(() -> new OptionRates(one, one, one, two, one, one, one)).hasMessageContaining("maintenancePut");
    assertThatThrownBy(() -> new OptionRates(one, two, one, one, one, one, one)).hasMessageContaining("initialFloor");
    assertThatThrownBy(() -> new OptionRates(one, one, one, one, one, one, two)).hasMessageContaining("unpairedMaintenance");
    assertThatThrownBy(() -> new OptionRates(one, one, one, one, dec("-1"), one, one)).hasMessageContaining("negative");
    assertThatThrownBy(() -> new LinearTier(zero, one, two)).hasMessageContaining("linear.maintenance");
    assertThatThrownBy(() -> standard.withLinear("BTC", List.of())).hasMessageContaining("from 0");
    assertThatThrownBy(() -> standard.withLinear("BTC", List.of(new LinearTier(one, one, one)))).hasMessageContaining("from 0");
    LinearTier first = new LinearTier(zero, one, one);
    assertThatThrownBy(() -> standard.withLinear("BTC", List.of(first, first))).hasMessageContaining("not above");
    assertThatThrownBy(() -> standard.withLinear("btc", List.of(first))).isInstanceOf(InstrumentNameException.class);
    assertThatThrownBy(() -> new StandardMarginParameters("other", "1", standard.option(), standard.linear(), standard.buffer()))
        .hasMessageContaining("model");
    assertThatThrownBy(() -> new StandardMarginParameters(
            standard.model(), standard.version(), standard.option(), new TreeMap<>(), standard.buffer()))
        .hasMessageContaining("\"*\"");
    assertThatThrownBy(() -> new StandardMarginParameters(standard.model(), standard.version(), null, standard.linear(), standard.buffer()))
        .hasMessageContaining("option");
  }

  private StandardMarginParameters with(OptionRates rates) {
    return new StandardMarginParameters(standard.model(), standard.version(), rates, standard.linear(), standard.buffer());
  }

  private static String canonical(StandardMarginParameters parameters) {
    return new String(parameters.canonicalBytes(), StandardCharsets.UTF_8);
  }

  private static byte[] publishedFile() throws IOException {
    try (InputStream file = StandardMarginParameters.class.getResourceAsStream("standard-default.json")) {
      return file.readAllBytes();
    }
  }
}
