package io.ringfence.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures and writes the results. Exit code 0: measured, whether targets are reached or not; 1: a check failed; 2: wrong usage. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures beside the peers in the same run, and writes NAME.json and NAME.md. Short by default, for a machine with other work;",
      "compares sampled accounts with the model before it measures."
    })
public final class BenchMain implements Callable<Integer> {

  /** What can be measured. */
  enum Subject { MARGIN }

  @Parameters(paramLabel = "SUBJECT", description = "margin")
  private Subject subject;

  @Option(names = "--thorough", description = "three virtual machines and more iterations: about half an hour")
  private boolean thorough;

  @Option(names = "--accounts", defaultValue = "1000000", description = "accounts of the whole venue (${DEFAULT-VALUE})")
  private int accounts;

  @Option(names = "--output", paramLabel = "DIR", description = "where the results go; docs/bench of the checkout otherwise")
  private Path output;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchMain()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments));
  }

  @Override
  public Integer call() throws IOException, RunnerException {
    Machine machine = Machine.here();
    ResultFiles files = switch (subject) {
      case MARGIN -> new ResultFiles("margin", LocalDate.now(ZoneOffset.UTC), machine,
          "./ringfence bench margin" + (thorough ? " --thorough" : "") + (accounts == 1_000_000 ? "" : " --accounts " + accounts),
          new MarginBench(thorough, accounts).run());
    };
    Path directory = output != null ? output : Path.of(System.getenv().getOrDefault("RINGFENCE_HOME", "."), "docs", "bench");
    files.write(directory);
    System.out.println("written: " + directory.resolve("margin.md"));
    return 0;
  }
}
