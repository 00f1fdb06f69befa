package io.ringfence.margin.cli;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a report's JSON and picture. */
final class ReportFiles {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ReportFiles() {}

  /** Writes {@code NAME.json} and {@code NAME.svg} into the directory, which is made if it is not there; line ends are {@code \n}. */
  static void write(Path directory, String name, ObjectNode json, String picture) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    try {
      Files.createDirectories(directory);
      Files.writeString(directory.resolve(name + ".json"), MAPPER.writer(printer).writeValueAsString(json) + "\n");
      Files.writeString(directory.resolve(name + ".svg"), picture);
    } catch (IOException e) {
      throw new InputException("--out " + directory, "cannot be written: " + e.getMessage());
    }
  }
}
