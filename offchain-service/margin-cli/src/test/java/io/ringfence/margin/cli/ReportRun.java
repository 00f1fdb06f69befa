package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Runs a command that writes a report, and keeps what it printed and wrote. */
final class ReportRun {

  static final Path EXAMPLES = Places.repository().resolve("docs/examples");
  static final String BOOK = EXAMPLES.resolve("book.json").toString();
  static final String BITCOIN = EXAMPLES.resolve("prices/btc.csv").toString();
  static final String ETHER = EXAMPLES.resolve("prices/eth.csv").toString();

  private final String name;
  private final Callable<Integer> command;
  private final Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private ReportRun(String name, Callable<Integer> command, Path directory) {
    this.name = name;
    this.command = command;
    this.directory = directory;
  }

  static ReportRun backtest(Path directory) {
    return new ReportRun("backtest", new BacktestMain(), directory);
  }

  static ReportRun stress(Path directory) {
    return new ReportRun("stress", new StressMain(), directory);
  }

  /** Runs it with these options and a directory for the report. */
  int run(String... options) {
    CommandLine line = new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    return line.execute(Stream.concat(Stream.of(options), Stream.of("--out", report().toString())).toArray(String[]::new));
  }

  /** Runs it with options that are kept in a list. */
  int run(List<String> options) {
    return run(options.toArray(String[]::new));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  Path report() {
    return directory.resolve("report");
  }

  String json() throws IOException {
    return Files.readString(report().resolve(name + ".json"));
  }

  JsonNode tree() throws IOException {
    return CommandRun.MAPPER.readTree(json());
  }

  String picture() throws IOException {
    return Files.readString(report().resolve(name + ".svg"));
  }
}
