package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.Scenario;
import io.ringfence.margin.portfolio.VolatilityMove;
import io.ringfence.margin.portfolio.WorstCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every PM2 case: IM, MM, mark to market, the basis contingency and the loss of each scenario. */
class CaseVectorsTest {

  private static final double RELATIVE = 1e-9;
  private static final double FLOOR_OF_GROSS = 1e-3;

  private double greatest;
  private int figures;

  @Test
  void everyCaseIsReproduced() throws IOException {
    Optional<Path> folder = Places.cases();
    Assumptions.assumeTrue(folder.isPresent(), "no PM2 cases here: name the folder that has vectors/pm2 in RINGFENCE_SHARED");
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder.get())) {
      files = listed.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    assertThat(files).isNotEmpty();
    files.forEach(this::check);
    System.out.printf(Locale.ROOT,
        "PM2 cases: %d, figures: %d, greatest error: %.3g of what is allowed%n", files.size(), figures, greatest);
  }

  private void check(Path file) {
    JsonNode json = InputFiles.read(file);
    CaseInput input = CaseReader.read(Fields.root(json));
    PortfolioMarginResult result = input.compute();
    JsonNode expected = json.get("Result");
    double gross = gross(json.get("Scenario"));
    String name = file.getFileName().toString();
    compare(name + " IM", result.initial(), expected.get("IM").doubleValue(), gross);
    compare(name + " MM", result.maintenance(), expected.get("MM").doubleValue(), gross);
    compare(name + " MtM", result.markToMarket(), expected.get("PortfolioMTM").doubleValue(), gross);
    compare(name + " basis", result.basis().profit(), expected.get("ForwardContingency").doubleValue(), gross);
    int[] next = {0, 0, 0};
    for (JsonNode given : json.get("Parameters").get("Scenarios")) {
      String direction = given.get("VolShockDirection").textValue();
      boolean skew = direction.equals("LINEAR") || direction.equals("ABS");
      // The reference lists regular scenarios, tails and skews apart, each in the order of the parameters.
      int list = skew ? 2 : next[0] < expected.get("reg_losses").size() ? 0 : 1;
      JsonNode row = expected.get(List.of("reg_losses", "tail_losses", "skew_losses").get(list)).get(next[list]++);
      double loss = Double.parseDouble(row.get(row.size() - 1).asText());
      compare(name + " " + given, profit(result, given, direction), loss, gross);
    }
    assertThat(next).as(name).containsExactly(
        expected.get("reg_losses").size(), expected.get("tail_losses").size(), expected.get("skew_losses").size());
  }

  private static double profit(PortfolioMarginResult result, JsonNode given, String direction) {
    double spot = given.get("SpotShock").doubleValue();
    VolatilityMove move = switch (direction) {
      case "LINEAR" -> spot == 1 ? VolatilityMove.LINEAR_SKEW : VolatilityMove.LINEAR_SKEW_LOW_CAP;
      case "ABS" -> VolatilityMove.ABSOLUTE_SKEW;
      default -> VolatilityMove.valueOf(direction.toUpperCase(Locale.ROOT));
    };
    Scenario scenario = new Scenario(spot, move, given.get("DampeningFactor").doubleValue());
    return result.outcomes().stream()
        .filter(outcome -> outcome.scenario().equals(scenario))
        .mapToDouble(WorstCase.ScenarioOutcome::profit)
        .findFirst()
        .orElseThrow();
  }

  private void compare(String what, double actual, double expected, double gross) {
    double allowed = RELATIVE * Math.max(Math.abs(expected), FLOOR_OF_GROSS * gross);
    double error = Math.abs(actual - expected);
    assertThat(error).as("%s: %s instead of %s", what, actual, expected).isLessThanOrEqualTo(allowed);
    greatest = Math.max(greatest, error == 0 ? 0 : error / allowed);
    figures++;
  }

  private static double gross(JsonNode scenario) {
    double spot = scenario.get("SpotPrice").doubleValue();
    double gross = Math.abs(scenario.get("NumPerps").doubleValue()) * scenario.get("PerpPrice").doubleValue();
    for (JsonNode option : scenario.get("Options")) {
      gross += Math.abs(option.get("Amount").doubleValue()) * spot;
    }
    for (JsonNode collateral : scenario.get("Collaterals")) {
      gross += collateral.get("Amount").doubleValue() * collateral.get("Price").doubleValue();
    }
    return gross;
  }
}
