package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.stress.StressScenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user sees it, on the example book. */
class StressMainTest {

  private static final String ONE = "{\"format\":\"ringfence-scenarios-1\",\"scenarios\":[{\"name\":\"mine\",\"source\":\"made up\","
      + "\"moves\":{\"*\":{\"spot\":-0.4,\"volatility\":2}}}]}";

  @TempDir private Path directory;

  private ReportRun command;

  @BeforeEach
  void prepare() {
    command = ReportRun.stress(directory);
  }

  @Test
  void exampleSizesItsFund() throws IOException {
    assertThat(command.run("--book", ReportRun.BOOK)).as(command.err()).isZero();
    // Aldgate: 30 x 95,000 x 50% less 900,000. Dunmore: 400 x 1,600 less 150 x 1,600 and 20,000.
    assertThat(command.out()).contains("Fund requirement with all that accounts hold: 995500")
        .contains("Cover-2 905000 plus 10% in \"all down 50%\"; binding: Aldgate Trading and Dunmore Capital");
    JsonNode held = command.tree().at("/fund/held");
    assertThat(held.at("/coverTwo/amount").doubleValue()).isCloseTo(525_000 + 380_000, offset(1e-6));
    assertThat(held.at("/coverOne/amount").doubleValue()).isCloseTo(525_000, offset(1e-6));
    assertThat(held.get("requirement").doubleValue()).isCloseTo(905_000 * 1.1, offset(1e-6));
    assertThat(command.tree().at("/fund/withdrawn/requirement").doubleValue()).isCloseTo(1_123_375, offset(0.5));
    assertThat(held.at("/coverAll/amount").doubleValue()).isCloseTo(1_218_464, offset(0.5));
    assertThat(command.tree().get("scenarios")).hasSize(ScenarioFile.standard().size());
  }

  @Test
  void ownScenariosAndAddOn() throws IOException {
    Path file = Files.writeString(directory.resolve("scenarios.json"), ONE);
    assertThat(command.run("--book", ReportRun.BOOK, "--scenarios", file.toString(), "--add-on", "0.5")).as(command.err()).isZero();
    JsonNode held = command.tree().at("/fund/held");
    assertThat(held.at("/coverTwo/scenario").textValue()).isEqualTo("mine");
    assertThat(held.get("requirement").doubleValue()).isEqualTo(held.at("/coverTwo/amount").doubleValue() * 1.5);
  }

  @Test
  void everyScenarioOfTheSetNamesItsSourceAndMovesBoth() {
    assertThat(ScenarioFile.standard()).hasSizeGreaterThan(15).allSatisfy(scenario -> {
      assertThat(scenario.moves()).containsOnlyKeys("*", "BTC", "ETH");
      assertThat(scenario.source()).isNotBlank();
    });
    assertThat(ScenarioFile.standard()).extracting(StressScenario::name).doesNotHaveDuplicates();
  }

  @Test
  void reportReadsBackAndRepeatsToTheByte() throws IOException {
    command.run("--book", ReportRun.BOOK);
    String json = command.json();
    String picture = command.picture();
    command.run("--book", ReportRun.BOOK);
    assertThat(command.json()).isEqualTo(json);
    assertThat(command.picture()).isEqualTo(picture);
    assertThat(CommandRun.MAPPER.readTree(CommandRun.MAPPER.writeValueAsString(command.tree()))).isEqualTo(command.tree());
  }

  @Test
  void pictureIsWellFormedAndNamesItsAxes() throws Exception {
    command.run("--book", ReportRun.BOOK);
    DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ByteArrayInputStream(command.picture().getBytes(StandardCharsets.UTF_8)));
    assertThat(command.picture())
        .contains("loss beyond all that accounts hold, settlement asset", "2020-03-12 Black Thursday", "fund requirement 995.5k")
        .doesNotContain("NaN");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/format | 1 | format is a number",
    "/scenarios | [] | scenarios are none",
    "/scenarios/0/moves | {} | scenario mine does not move BTC; add a move of it, or one of \"*\"",
    "/scenarios/0/moves/* | {\"spot\":-1,\"volatility\":1} | scenarios[0].moves.*: spot is -1.0; give a move above -1",
    "/scenarios/0/moves/* | {\"spot\":0,\"volatility\":0} | scenarios[0].moves.*.volatility is 0.0",
    "/scenarios/0/moves/* | {\"spot\":0} | scenarios[0].moves.*.volatility is absent",
    "/scenarios/0/source | \"\" | source of scenario mine",
    "/scenarios/0/name | \"\" | name of a scenario",
    "/scenarios/0/extra | 1 | scenarios[0].extra is not a field",
  })
  void whatIsWrongWithScenariosIsNamed(String pointer, String value, String message) throws IOException {
    String content = CommandRun.replaced((ObjectNode) CommandRun.MAPPER.readTree(ONE), pointer, value);
    Path file = Files.writeString(directory.resolve("scenarios.json"), content);
    assertThat(command.run("--book", ReportRun.BOOK, "--scenarios", file.toString())).isEqualTo(1);
    assertThat(command.err()).startsWith("stress: " + file + ": ").contains(message);
  }

  @Test
  void bookWithoutAMarketIsRefused() throws IOException {
    var book = CommandRun.tree(Path.of(ReportRun.BOOK));
    book.remove("asOf");
    Path file = Files.writeString(directory.resolve("book.json"), book.toString());
    assertThat(command.run("--book", file.toString())).isEqualTo(1);
    assertThat(command.err()).contains("asOf is absent; a stress test needs a moment");
    assertThat(command.run("--book", ReportRun.BOOK, "--add-on", "-1")).isEqualTo(2);
    assertThat(command.run()).isEqualTo(2);
  }
}
