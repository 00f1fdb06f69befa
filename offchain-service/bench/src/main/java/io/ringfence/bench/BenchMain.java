package io.ringfence.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
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
      "compares what it measures with the model, or with what was built otherwise, before it measures."
    })
public final class BenchMain implements Callable<Integer> {

  /** What can be measured. */
  enum Subject { MARGIN, RESERVES }

  @Parameters(paramLabel = "SUBJECT", description = "margin or reserves")
  private Subject subject;

  @Option(names = "--thorough", description = "three virtual machines and more iterations: about half an hour")
  private boolean thorough;

  @Option(names = "--accounts", defaultValue = "1000000", description = "margin: accounts of the whole venue (${DEFAULT-VALUE})")
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
    Path checkout = Path.of(System.getenv().getOrDefault("RINGFENCE_HOME", "."));
    String name = subject.name().toLowerCase(Locale.ROOT);
    List<Measurement> measurements = switch (subject) {
      case MARGIN -> new MarginBench(thorough, accounts).run();
      case RESERVES -> new ReservesBench(thorough, checkout).run();
    };
    Path directory = output != null ? output : checkout.resolve(Path.of("docs", "bench"));
    new ResultFiles(name, LocalDate.now(ZoneOffset.UTC), machine, command(name), measurements).write(directory);
    System.out.println("written: " + directory.resolve(name + ".md"));
    return 0;
  }

  private String command(String name) {
    return "./ringfence bench " + name + (thorough ? " --thorough" : "") + (accounts == 1_000_000 ? "" : " --accounts " + accounts);
  }
}
