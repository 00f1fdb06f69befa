package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user sees it: lines of results, others done where one fails, exit codes. */
class MarginMainTest {

  @TempDir private Path directory;

  private CommandRun command;

  @BeforeEach
  void prepare() {
    command = new CommandRun(directory);
  }

  @Test
  void workedCaseIsRecognisedByItsContent() throws IOException {
    assertThat(command.run(command.write(CommandRun.workedCase().toString()))).isZero();
    JsonNode line = command.lines().getFirst();
    assertThat(line.get("file").textValue()).endsWith("given.json");
    assertThat(line.get("im").doubleValue()).isCloseTo(-14604.048120144837, offset(1e-9 * 14604));
    assertThat(line.get("mm").doubleValue()).isCloseTo(-11824.858703959073, offset(1e-9 * 11824));
    assertThat(line.get("markToMarket").doubleValue()).isCloseTo(-1186.4186, offset(5e-5));
    assertThat(line.get("worst").get("profit").doubleValue()).isCloseTo(-12939.3120, offset(5e-5));
    assertThat(line.get("worst").get("spot").doubleValue()).isEqualTo(1.18);
    assertThat(line.get("breakdown").get("scenarios")).hasSize(3);
    assertThat(line.get("breakdown").get("buffer").get("amount").doubleValue()).isZero();
  }

  @Test
  void directionsOfACaseAreRead() throws IOException {
    ObjectNode json = CommandRun.workedCase();
    json.withObject("Parameters").putArray("Scenarios")
        .add(scenario(1.18, "LINEAR")).add(scenario(1, "LINEAR")).add(scenario(1, "ABS")).add(scenario(1.1, "Up"))
        .add(scenario(0.9, "Down")).add(scenario(1, "None")).add(scenario(1, "None"));
    assertThat(command.runOn(json.toString())).as(command.err()).isZero();
    List<String> moves = new ArrayList<>();
    command.lines().getFirst().get("breakdown").get("scenarios")
        .forEach(line -> moves.add(line.get("spot").asText() + " " + line.get("volatility").asText()));
    assertThat(moves).containsExactly("1.18 LINEAR", "1.0 LINEAR", "1.0 ABS", "1.1 Up", "0.9 Down", "1.0 None", "1.0 None");
    assertThat(command.lines().getFirst().at("/worst/name").textValue()).isEqualTo("spot x 1.1, volatility Up");
  }

  private static ObjectNode scenario(double spot, String direction) {
    return CommandRun.MAPPER.createObjectNode()
        .put("SpotShock", spot).put("VolShockDirection", direction).put("DampeningFactor", 1);
  }

  @Test
  void portfolioExample() throws IOException {
    assertThat(command.run(CommandRun.PORTFOLIO)).as(command.err()).isZero();
    JsonNode line = command.lines().getFirst();
    assertThat(line.get("im").asText()).isEqualTo("-7297.314464784451");
    assertThat(line.get("mm").asText()).isEqualTo("28690.919539304457");
    JsonNode buffer = line.get("breakdown").get("buffer");
    assertThat(buffer.get("amount").doubleValue()).isEqualTo(0.25 * buffer.get("risk").doubleValue());
    // Both scans: what positions and ether may lose, and the haircuts of ether.
    JsonNode ether = line.at("/breakdown/collateralScans/0");
    double haircuts = 0.12 * 5 * 3100.5;
    double lost = buffer.get("risk").doubleValue() - ether.at("/worst/profit").doubleValue();
    assertThat(line.get("im").doubleValue()).isCloseTo(line.get("markToMarket").doubleValue() - haircuts - 1.25 * lost, offset(1e-6));
    assertThat(line.get("breakdown").get("contingencies").get("confidence")).hasSize(1);
    assertThat(line.get("breakdown").get("contingencies").get("collateral")).hasSize(1);
  }

  @Test
  void futuresExample() throws IOException {
    assertThat(command.run(CommandRun.FUTURES)).as(command.err()).isZero();
    JsonNode line = command.lines().getFirst();
    assertThat(line.get("im").asText()).isEqualTo("40989.16991132848");
    assertThat(line.get("mm").asText()).isEqualTo("47660.99721547279");
    JsonNode breakdown = line.get("breakdown");
    assertThat(breakdown.at("/value/futures/0/value").doubleValue()).isEqualTo(-310.75);
    assertThat(breakdown.at("/value/futures/0/secondsToExpiry").longValue()).isEqualTo(80 * 86_400 + 20 * 3_600);
    assertThat(breakdown.at("/contingencies/futures/maintenance").doubleValue()).isCloseTo(0.03 * 1.5 * 96_720, offset(1e-9));
    assertThat(breakdown.at("/contingencies/futures/initial").doubleValue()).isCloseTo(0.01 * 1.5 * 96_720, offset(1e-9));
    assertThat(breakdown.at("/contingencies/confidence")).isEmpty();
  }

  @Test
  void lotsOfOneFutureAreAddedUp() throws IOException {
    command.run(CommandRun.FUTURES);
    ObjectNode json = CommandRun.tree(CommandRun.FUTURES);
    json.withArray("positions").addObject().put("instrument", "BTC-20260327").put("quantity", 2).put("unrealised", 1000);
    ((ObjectNode) json.at("/positions/1")).put("quantity", "-3.5").put("unrealised", "-1310.75");
    command.run(command.write(json.toString()));
    assertThat(command.lines().get(1).get("breakdown")).isEqualTo(command.lines().get(0).get("breakdown"));
  }

  @Test
  void etherAgainstAShortBitcoinPerpetualIsScannedByItself() throws IOException {
    command.run(command.write(shortBitcoin("ETH", 30, 3000)));
    command.run(command.write(shortBitcoin("USDC", 90_000, 1)));
    JsonNode ether = command.lines().getFirst();
    JsonNode dollars = command.lines().getLast();
    assertThat(ether.get("im").doubleValue()).isLessThan(dollars.get("im").doubleValue());
    assertThat(ether.get("mm").doubleValue()).isLessThan(dollars.get("mm").doubleValue());
    assertThat(ether.get("markToMarket").doubleValue()).isEqualTo(90_000);
    JsonNode scan = ether.at("/breakdown/collateralScans/0");
    assertThat(scan.get("underlying").textValue()).isEqualTo("ETH");
    assertThat(scan.get("im").doubleValue()).isCloseTo(0.88 * 90_000 * (1 - 0.18 * 1.25), offset(1e-9));
    assertThat(scan.at("/worst/profit").doubleValue()).isCloseTo(-0.18 * 0.88 * 90_000, offset(1e-9));
    assertThat(dollars.at("/breakdown/collateralScans")).isEmpty();
  }

  private static String shortBitcoin(String asset, double amount, double price) throws IOException {
    ObjectNode json = CommandRun.tree(CommandRun.PORTFOLIO);
    json.put("cash", 0);
    json.putArray("positions").addObject().put("instrument", "BTC-PERP").put("quantity", -1).put("unrealised", 0).put("funding", 0);
    json.putArray("collateral").addObject().put("asset", asset).put("amount", amount).put("price", price).put("confidence", 1);
    return json.toString();
  }

  @Test
  void standardExampleIsExact() throws IOException {
    assertThat(command.run(CommandRun.STANDARD)).as(command.err()).isZero();
    // Short call 1.25 x 150 + 12.5, perpetual 1.25 x 3003 x 10%: 575.375 of 1500.25; maintenance 112.5 + 12.5 + 150.15.
    // The short call's mark of 12.5 is off the mark to market; the perpetual's variation is in the cash.
    assertThat(command.out())
        .contains("\"im\":924.875,\"mm\":1225.1,\"markToMarket\":1487.75", "\"name\":\"ETH-PERP\",\"profit\":-375.375");
  }

  @Test
  void printedNumbersReadBackToTheSameDouble() throws IOException {
    command.run(CommandRun.PORTFOLIO);
    JsonNode computed = InputFiles.compute(CommandRun.PORTFOLIO);
    assertThat(command.lines().getFirst().get("im").doubleValue()).isEqualTo(computed.get("im").doubleValue());
    assertThat(command.lines().getFirst().get("breakdown")).hasToString(computed.get("breakdown").toString());
  }

  @Test
  void badFilesAreNamedAndTheOthersDone() throws IOException {
    Path bad = command.write("{\"format\": \"ringfence-margin-1\"}");
    Path absent = directory.resolve("absent.json");
    assertThat(command.run(CommandRun.STANDARD, bad, absent, CommandRun.PORTFOLIO)).isEqualTo(1);
    assertThat(command.lines()).hasSize(2);
    assertThat(command.err().lines()).containsExactly(
        "margin: " + bad + ": model is absent; add it",
        "margin: " + absent + ": the file does not exist; check the path");
  }

  @Test
  void emptyBookIsWorthItsCash() throws IOException {
    ObjectNode json = CommandRun.workedCase();
    json.withObject("Scenario").putArray("Options");
    json.withObject("Scenario").put("Cash", 12.5);
    assertThat(command.run(command.write(json.toString()))).isZero();
    assertThat(command.out()).contains("\"im\":12.5,\"mm\":12.5,\"markToMarket\":12.5");
  }

  @Test
  void orderOfMembersAndPositionsDoesNotMatter() throws IOException {
    command.run(CommandRun.PORTFOLIO);
    ObjectNode json = CommandRun.tree(CommandRun.PORTFOLIO);
    ObjectNode reversed = CommandRun.MAPPER.createObjectNode();
    List<String> names = new ArrayList<>();
    json.fieldNames().forEachRemaining(names::addFirst);
    names.forEach(name -> reversed.set(name, json.get(name)));
    List<JsonNode> positions = new ArrayList<>();
    json.get("positions").forEach(positions::addFirst);
    reversed.putArray("positions").addAll(positions);
    command.run(command.write(reversed.toString()));
    for (String name : List.of("im", "mm", "markToMarket", "worst", "breakdown")) {
      assertThat(command.lines().get(1).get(name)).hasToString(command.lines().get(0).get(name).toString());
    }
  }

  @Test
  void quantitiesOfAnySizeAreComputed() throws IOException {
    command.runOn(CommandRun.replaced(CommandRun.workedCase(), "/Scenario/Options/0/Amount", "-1e18"));
    assertThat(command.lines().getFirst().get("im").doubleValue()).isCloseTo(-14604.048120144837e18, offset(1e12));
  }

  @Test
  void expiredOptionOfACaseIsItsPayoff() throws IOException {
    ObjectNode json = CommandRun.workedCase();
    ((ObjectNode) json.at("/Scenario/Options/0")).put("Expiry", 0).put("Strike", 90_000);
    ((ObjectNode) json.at("/Scenario/OptionFeeds/0")).put("FeedExpiry", 0);
    assertThat(command.runOn(json.toString())).as(command.err()).isZero();
    assertThat(command.lines().getFirst().get("markToMarket").doubleValue()).isCloseTo(90000 - 95776.67392708939, offset(1e-9));
  }

  @Test
  void withoutFilesTheUsageIsShown() {
    assertThat(command.run()).isEqualTo(2);
    assertThat(command.err()).contains("Usage: margin");
  }
}
