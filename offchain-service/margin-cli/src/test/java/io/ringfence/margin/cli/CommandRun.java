package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs the command on given files and keeps what it printed. */
final class CommandRun {

  static final ObjectMapper MAPPER = new ObjectMapper();
  static final Path PORTFOLIO = Places.repository().resolve("docs/examples/margin-portfolio.json");
  static final Path FUTURES = Places.repository().resolve("docs/examples/margin-futures.json");
  static final Path STANDARD = Places.repository().resolve("docs/examples/margin-standard.json");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path directory;

  CommandRun(Path directory) {
    this.directory = directory;
  }

  int run(Path... files) {
    CommandLine line = new CommandLine(new MarginMain()).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(Stream.of(files).map(Path::toString).toArray(String[]::new));
  }

  /** Runs it on one file of this content. */
  int runOn(String content) throws IOException {
    return run(write(content));
  }

  Path write(String content) throws IOException {
    return Files.writeString(directory.resolve("given.json"), content);
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }

  /** A case like the published worked example: one short call. */
  static ObjectNode workedCase() throws IOException {
    try (var file = CommandRun.class.getResourceAsStream("short-call-case.json")) {
      return (ObjectNode) MAPPER.readTree(file);
    }
  }

  static ObjectNode tree(Path file) throws IOException {
    return (ObjectNode) MAPPER.readTree(file.toFile());
  }

  /** The text of a tree with one member replaced by any text, valid JSON or not. */
  static String replaced(ObjectNode json, String pointer, String value) {
    String marker = "@here@";
    JsonNode parent = json.at(pointer.substring(0, pointer.lastIndexOf('/')));
    String name = pointer.substring(pointer.lastIndexOf('/') + 1);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(name), marker);
    } else {
      ((ObjectNode) parent).put(name, marker);
    }
    return json.toString().replace("\"" + marker + "\"", value);
  }
}
