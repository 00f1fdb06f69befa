package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.margin.stress.StressScenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads named scenarios from a file, or those that come with the command. */
final class ScenarioFile {

  static final String FORMAT = "ringfence-scenarios-1";

  /** The resource with the set that is used if none is given. */
  static final String DEFAULT = "stress-scenarios.json";

  private ScenarioFile() {}

  static List<StressScenario> read(Path file) {
    return read(InputFiles.read(file));
  }

  static List<StressScenario> standard() {
    try (InputStream resource = ScenarioFile.class.getResourceAsStream(DEFAULT)) {
      return read(InputFiles.parse(resource.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<StressScenario> read(JsonNode json) {
    Fields root = Fields.root(json);
    BookReader.requireFormat(root, FORMAT);
    List<StressScenario> scenarios = new ArrayList<>();
    for (Fields scenario : root.list("scenarios")) {
      scenarios.add(scenario(scenario));
    }
    root.requireNoOthers();
    if (scenarios.isEmpty()) {
      throw new InputException("scenarios", "are none; give at least one");
    }
    return List.copyOf(scenarios);
  }

  private static StressScenario scenario(Fields scenario) {
    String name = scenario.text("name");
    String source = scenario.text("source");
    SortedMap<String, StressScenario.Move> moves = new TreeMap<>();
    Fields byUnderlying = scenario.object("moves");
    for (String underlying : byUnderlying.names()) {
      Fields move = byUnderlying.object(underlying);
      double spot = move.number("spot");
      double volatility = move.positive("volatility");
      move.requireNoOthers();
      moves.put(underlying, move.make(() -> new StressScenario.Move(spot, volatility)));
    }
    scenario.requireNoOthers();
    return scenario.make(() -> new StressScenario(name, source, moves));
  }
}
