package io.ringfence.margin.portfolio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PortfolioMarginParametersTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PortfolioMarginParameters standard = PortfolioGrids.standard();

  @Test
  void gridsAreThePublishedFiles() throws IOException {
    assertThat(standard.canonicalBytes()).isEqualTo(resource("portfolio-default.json"));
    assertThat(PortfolioGrids.deribitLike().canonicalBytes()).isEqualTo(resource("portfolio-deribit-like.json"));
  }

  @Test
  void jsonMapperReadsTheCanonicalForm() throws IOException {
    assertThat(MAPPER.readValue(resource("portfolio-default.json"), PortfolioMarginParameters.class)).isEqualTo(standard);
    assertThat(MAPPER.readValue(resource("portfolio-deribit-like.json"), PortfolioMarginParameters.class))
        .isEqualTo(PortfolioGrids.deribitLike());
  }

  @Test
  void canonicalFormIsCompactAndSorted() throws IOException {
    String json = new String(standard.canonicalBytes(), StandardCharsets.UTF_8);
    assertThat(MAPPER.readTree(json)).hasToString(json);
    assertThat(sorted(MAPPER.readTree(json))).hasToString(json);
  }

  @Test
  void everyFigureChangesTheCanonicalFormAndComesBack() throws IOException {
    int[] figures = {0};
    changeEach(MAPPER.readTree(standard.canonicalBytes()), figures);
    assertThat(figures[0]).isGreaterThan(100);
  }

  @Test
  void hasEveryScenarioOfTheDefaultGrid() {
    assertThat(standard.scenarios()).hasSize(7 * 3 + 2 + 8 + 2)
        .contains(Scenario.of(0.82, VolatilityMove.UP), Scenario.of(1.18, VolatilityMove.UP),
            new Scenario(6, VolatilityMove.UP, 0.1386 / 5), new Scenario(0.34, VolatilityMove.UP, 0.1386 / 0.66),
            Scenario.of(1, VolatilityMove.LINEAR_SKEW), Scenario.of(1.135, VolatilityMove.DOWN));
    assertThat(PortfolioGrids.deribitLike().scenarios()).hasSize(9 * 3 + 8).contains(Scenario.of(0.84, VolatilityMove.NONE));
  }

  @Test
  void bufferIsFullUnlessADecisionIsNamed() {
    assertThat(standard.buffer()).isEqualTo(new ProcyclicalityBuffer(1.25, 0, ""));
    assertThatThrownBy(() -> new ProcyclicalityBuffer(1.2, 0, " ")).hasMessageContaining("needs the name of the decision");
    assertThatThrownBy(() -> new ProcyclicalityBuffer(1.0, 0.39, "")).hasMessageContaining("decision");
    assertThatThrownBy(() -> new ProcyclicalityBuffer(0.9, 0, "decision 7")).hasMessageContaining("below 1");
    assertThatThrownBy(() -> new ProcyclicalityBuffer(1.25, 0, "\"")).hasMessageContaining("letters");
    assertThat(new ProcyclicalityBuffer(1.0, 0.6, "").factor()).isEqualTo(1);
    assertThat(ProcyclicalityBuffer.drawnDown("risk committee, item 3").factor()).isEqualTo(1);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatThrownBy(() -> standard.withScenarios(List.of())).hasMessageContaining("scenarios");
    Scenario up = Scenario.of(1.1, VolatilityMove.UP);
    assertThatThrownBy(() -> standard.withScenarios(List.of(up, up))).hasMessageContaining("twice");
    assertThatThrownBy(() -> Scenario.of(-0.1, VolatilityMove.UP)).hasMessageContaining("scenario.spot");
    assertThatThrownBy(() -> Scenario.of(Double.NaN, VolatilityMove.UP)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new VolatilityRange(1, 1, 101, 1, 1, 1)).hasMessageContaining("shortPower");
    assertThatThrownBy(() -> new ConfidenceRule(1.1, 1)).hasMessageContaining("above 1");
    assertThatThrownBy(() -> new CollateralRule(0.6, 0.3, "", 1, List.of(new ConcentrationStep(1, 0.2))))
        .hasMessageContaining("more collateral would hurt");
    assertThatThrownBy(() -> new CollateralRule(0, 0, "", 1, List.of(new ConcentrationStep(2, 0), new ConcentrationStep(2, 0.1))))
        .hasMessageContaining("not above the step before");
    assertThatThrownBy(() -> new CollateralRule(0, 0, "bitcoin", 1, List.of())).hasMessageContaining("collateral.follows");
    assertThatThrownBy(() -> new CollateralSchedule("VEN", true, new TreeMap<>(Map.of("VEN", new CollateralRule(0, 0, "", 1, List.of())))))
        .hasMessageContaining("own token");
  }

  /** Changes each leaf of the tree in turn, reads the whole, and expects exactly that change in the canonical form. */
  private void changeEach(JsonNode root, int[] figures) throws IOException {
    for (String path : paths(root, "")) {
      JsonNode copy = root.deepCopy();
      ObjectNode parent = (ObjectNode) copy.at(path.substring(0, path.lastIndexOf('/')));
      String key = path.substring(path.lastIndexOf('/') + 1);
      String changed = change(path, parent.get(key).asText());
      if (parent.get(key).isBoolean()) {
        parent.put(key, Boolean.parseBoolean(changed));
      } else {
        parent.put(key, changed);
      }
      PortfolioMarginParameters read = MAPPER.treeToValue(copy, PortfolioMarginParameters.class);
      assertThat(MAPPER.readTree(read.canonicalBytes())).as(path).isNotEqualTo(root);
      if (!path.startsWith("/scenarios")) {
        assertThat(MAPPER.readTree(read.canonicalBytes())).as(path).isEqualTo(copy);
      }
      figures[0]++;
    }
  }

  private static String change(String path, String value) {
    return switch (value) {
      case "true" -> "false";
      case "false" -> "true";
      case "", "BTC", "ETH" -> "X1";
      case "2" -> path.equals("/version") ? "3" : "2.5";
      case "UP" -> "LINEAR_SKEW_LOW_CAP";
      case "NONE", "DOWN" -> "LINEAR_SKEW_LOW_CAP";
      case "LINEAR_SKEW" -> "LINEAR_SKEW_LOW_CAP";
      case "ABSOLUTE_SKEW" -> "LINEAR_SKEW_LOW_CAP";
      default -> path.endsWith("/factor") || path.endsWith("cap") || path.endsWith("from")
          ? new BigDecimal(value).add(new BigDecimal("0.5")).toPlainString()
          : new BigDecimal(value).add(new BigDecimal("0.0625")).toPlainString();
    };
  }

  private static List<String> paths(JsonNode node, String path) {
    List<String> paths = new ArrayList<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        paths.addAll(paths(node.get(i), path + "/" + i));
      }
    } else if (node.isObject()) {
      node.properties().forEach(member -> paths.addAll(paths(member.getValue(), path + "/" + member.getKey())));
    } else if (!path.equals("/model")) {
      paths.add(path);
    }
    return paths;
  }

  private static JsonNode sorted(JsonNode node) {
    if (!node.isObject()) {
      return node;
    }
    ObjectNode sorted = MAPPER.createObjectNode();
    node.properties().stream().sorted(Map.Entry.comparingByKey()).forEach(member -> sorted.set(member.getKey(), sorted(member.getValue())));
    return sorted;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream file = PortfolioMarginParameters.class.getResourceAsStream(name)) {
      return file.readAllBytes();
    }
  }
}
