package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hashes of the published parameters: a figure, a name or a version that changes shows here, and in every venue's roots. */
class ParametersHashTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "portfolio-default, 0x4d80ef831923953d6fbfc3e7ea53c197f3e2bbfb971ed53c0d05131fc2ef9c40",
    "portfolio-deribit-like, 0x8d7d0001bb46fe08cc14e533b6afcd6944658012346467324349a3dd78923c75",
    "standard-default, 0x27f7a4c688febf20206242e3a061ec38e2bd7101fb2b810f5374d7a1a567f354",
  })
  void publishedParametersHaveTheseHashes(String name, String hash) throws IOException {
    ObjectNode json = CommandRun.tree(name.startsWith("standard") ? CommandRun.STANDARD : CommandRun.PORTFOLIO);
    assertThat(hash(json.put("parameters", name))).isEqualTo(hash);
  }

  @Test
  void givenInFullTheyHaveTheSameHashHoweverTheyAreWritten() throws IOException {
    ObjectNode json = CommandRun.tree(CommandRun.PORTFOLIO);
    String named = hash(json);
    PortfolioMarginParameters parameters = PortfolioGrids.standard();
    ObjectNode whole = (ObjectNode) CommandRun.MAPPER.readTree(parameters.canonicalBytes());
    whole.put("settlementWindowSeconds", 1800.0);
    json.set("parameters", whole);
    assertThat(hash(json)).isEqualTo(named);
    whole.put("version", "mine");
    assertThat(hash(json)).isNotEqualTo(named);
  }

  private String hash(ObjectNode json) throws IOException {
    CommandRun command = new CommandRun(directory);
    assertThat(command.runOn(json.toString())).as(command.err()).isZero();
    return command.lines().getLast().get("parametersHash").textValue();
  }
}
