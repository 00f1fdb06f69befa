package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Books and quantities of any size, and of none. */
class BigFilesTest {

  private static final int POSITIONS = 1_000_000;

  @TempDir private Path directory;

  private CommandRun command;

  @BeforeEach
  void prepare() {
    command = new CommandRun(directory);
  }

  /** The example with these positions in place of its own. */
  private static ObjectNode holding(JsonNode... positions) throws IOException {
    ObjectNode json = CommandRun.tree(CommandRun.PORTFOLIO);
    ArrayNode list = json.putArray("positions");
    for (JsonNode position : positions) {
      list.add(position);
    }
    return json;
  }

  private static ObjectNode call(String quantity) {
    return CommandRun.MAPPER.createObjectNode().put("instrument", "BTC-20260130-100000-C").put("quantity", quantity);
  }

  @Test
  void aMillionPositionsInOneFileAreOneBook() throws IOException {
    String around = holding().toString();
    int at = around.indexOf("\"positions\":[") + "\"positions\":[".length();
    String lot = call("-0.0000100000000000000000000").toString();
    Path file = directory.resolve("million.json");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write(around, 0, at);
      for (int i = 0; i < POSITIONS; i++) {
        out.write(i == 0 ? "" : ",");
        out.write(lot);
      }
      out.write(around, at, around.length() - at);
    }
    assertThat(Files.size(file)).isGreaterThan(64L << 20);
    assertThat(command.run(file)).as(command.err()).isZero();
    assertThat(command.run(command.write(holding(call("-10")).toString()))).isZero();
    for (String figure : new String[] {"im", "mm", "markToMarket"}) {
      double one = command.lines().get(1).get(figure).doubleValue();
      assertThat(command.lines().get(0).get(figure).doubleValue()).isCloseTo(one, offset(1e-9 * Math.abs(one)));
    }
  }

  @Test
  void anEmptyBookOfOurOwnFormatIsWorthItsCash() throws IOException {
    ObjectNode json = holding();
    json.putArray("collateral");
    assertThat(command.runOn(json.toString())).as(command.err()).isZero();
    assertThat(command.out()).contains("\"im\":25000.0,\"mm\":25000.0,\"markToMarket\":25000.0", "basis contingency");
    ObjectNode standard = CommandRun.tree(CommandRun.STANDARD);
    standard.putArray("positions");
    assertThat(command.runOn(standard.toString())).as(command.err()).isZero();
    assertThat(command.out()).contains("\"im\":1500.25,\"mm\":1500.25,\"markToMarket\":1500.25", "\"name\":\"none\"");
  }

  @Test
  void aStandardBookOfAnySizeIsExact() throws IOException {
    ObjectNode json = CommandRun.tree(CommandRun.STANDARD);
    ((ObjectNode) json.at("/positions/0")).put("quantity", "-1e18");
    ((ArrayNode) json.get("positions")).remove(1);
    assertThat(command.runOn(json.toString())).as(command.err()).isZero();
    // 1.25 x 150 + 12.5 and 112.5 + 12.5 for each, off 1500.25.
    assertThat(command.out()).contains(
        "\"im\":-199999999999999998499.75,\"mm\":-124999999999999998499.75,\"markToMarket\":-12499999999999998499.75");
  }
}
