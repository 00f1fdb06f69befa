package io.ringfence.margin.cli;

import io.ringfence.margin.MarginException;
import io.ringfence.margin.stress.Basis;
import io.ringfence.margin.stress.FundSize;
import io.ringfence.margin.stress.ScenarioResult;
import io.ringfence.margin.stress.StressScenario;
import io.ringfence.margin.stress.StressTest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Sizes a default fund. Exit code 0: reported; 1: a file was refused; 2: wrong usage. */
@Command(
    name = "stress",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Moves the market of a book by named scenarios and sizes the default fund by the two members who together would leave most unpaid"
          + " (Cover-2), with the greatest one and all of them beside it.",
      "Comes with a set of scenarios: crashes as recorded, and theoretical ones. See docs/backtest.md."
    })
public final class StressMain implements Callable<Integer> {

  @Option(names = "--book", required = true, paramLabel = "FILE", description = "the book, JSON, with asOf and spots")
  private Path book;

  @Option(names = "--scenarios", paramLabel = "FILE", description = "scenarios, JSON, in the place of those that come with the command")
  private Optional<Path> scenarios = Optional.empty();

  @Option(names = "--add-on", paramLabel = "SHARE", defaultValue = "" + FundSize.DEFAULT_ADD_ON,
      description = "share on top of the two members' losses; default ${DEFAULT-VALUE}")
  private double addOn;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "stress-report",
      description = "where stress.json and stress.svg are written; default ${DEFAULT-VALUE}")
  private Path out;

  @Spec private CommandSpec spec;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StressMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    if (!(addOn >= 0.0 && addOn <= 100.0)) {
      throw new ParameterException(spec.commandLine(), "--add-on is " + addOn + "; give a share from 0, like 0.1");
    }
    try {
      report();
      return 0;
    } catch (InputException refused) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("stress: " + refused.getMessage());
      err.flush();
      return 1;
    }
  }

  private void report() {
    BookFile read = InputFiles.naming(book, () -> BookReader.read(book));
    List<StressScenario> set = scenarios
        .map(file -> InputFiles.naming(file, () -> ScenarioFile.read(file)))
        .orElseGet(ScenarioFile::standard);
    StressTest test = refusing(book, () -> new StressTest(read.model(), read.market(), read.members()));
    List<ScenarioResult> results = refusing(scenarios.orElse(book), () -> test.run(set));
    List<FundSize> sizes = List.of(FundSize.of(results, Basis.HELD, addOn), FundSize.of(results, Basis.WITHDRAWN, addOn));
    String source = scenarios.map(Path::toString).orElse("the command's own set");
    ReportFiles.write(out, "stress", StressJson.of(read, book, source, results, sizes), StressPicture.of(results, sizes.getFirst()));
    PrintWriter print = spec.commandLine().getOut();
    print.print(StressSummary.of(read, source, results, sizes));
    print.println("Report: " + out.resolve("stress.json") + ", picture: " + out.resolve("stress.svg"));
    print.flush();
  }

  private static <T> T refusing(Path file, Supplier<T> computing) {
    return InputFiles.naming(file, () -> {
      try {
        return computing.get();
      } catch (MarginException refused) {
        throw new InputException("", refused.getMessage());
      }
    });
  }
}
