package io.ringfence.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** A run's figures as a file for programs and one for readers. */
record ResultFiles(String name, LocalDate date, Machine machine, String command, List<Measurement> measurements) {

  private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** Writes NAME.json and NAME.md. */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name + ".json"), JSON.writeValueAsString(json()) + "\n");
    Files.writeString(directory.resolve(name + ".md"), markdown());
  }

  private ObjectNode json() {
    ObjectNode root = JSON.createObjectNode().put("date", date.toString()).put("command", command);
    root.putObject("machine")
        .put("processor", machine.processor())
        .put("cores", machine.cores())
        .put("lanes", machine.lanes())
        .put("java", machine.java())
        .put("load", machine.load());
    ArrayNode rows = root.putArray("measurements");
    for (Measurement row : measurements) {
      rows.addObject().put("name", row.name()).put("value", row.value()).put("unit", row.unit())
          .put("target", row.target()).put("reached", row.reached());
    }
    return root;
  }

  private String markdown() {
    StringBuilder text = new StringBuilder("# " + name + "\n\n");
    text.append(date).append(", `").append(command).append("`, ").append(machine.processor()).append(", ").append(machine.cores())
        .append(" cores, vectors of ").append(machine.lanes()).append(" doubles, ").append(machine.java()).append(", load before the run ")
        .append(Measurement.number(machine.load())).append(".\n\n")
        .append("| what | measured | unit | target | reached |\n| --- | ---: | --- | --- | --- |\n");
    for (Measurement row : measurements) {
      text.append("| ").append(row.name()).append(" | ").append(Measurement.number(row.value())).append(" | ").append(row.unit())
          .append(" | ").append(row.target()).append(" | ").append(row.reached()).append(" |\n");
    }
    return text.toString();
  }
}
