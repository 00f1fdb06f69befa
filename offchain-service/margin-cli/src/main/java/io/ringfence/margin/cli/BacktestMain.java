package io.ringfence.margin.cli;

import io.ringfence.margin.MarginException;
import io.ringfence.margin.backtest.Backtest;
import io.ringfence.margin.backtest.BacktestSettings;
import io.ringfence.margin.backtest.WindowResult;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Holds a book against recorded prices. Exit code 0: reported, whatever it says; 1: a file was refused; 2: wrong usage. */
@Command(
    name = "backtest",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Replays recorded prices over a book and says how often an account lost more than its initial margin, with and without the"
          + " anti-procyclical buffer, and how much the margin itself moved.",
      "Files of one directory are one window. A bar that is absent is a gap: it is reported, and no loss is computed over it. Windows named"
          + " as crashes get no pass mark. See docs/backtest.md."
    })
public final class BacktestMain implements Callable<Integer> {

  @Option(names = "--prices", required = true, arity = "1..*", paramLabel = "FILE",
      description = "CSV files of bars; BTC=FILE where neither the file nor its name says what it is of")
  private List<String> prices;

  @Option(names = "--book", required = true, paramLabel = "FILE", description = "the book, JSON")
  private Path book;

  @Option(names = "--window", arity = "1..*", paramLabel = "NAME", description = "only these windows")
  private Set<String> windows = Set.of();

  @Option(names = "--crash", arity = "1..*", paramLabel = "NAME", description = "windows that were chosen because prices crashed in them")
  private Set<String> crashes = Set.of();

  @Option(names = "--stride", paramLabel = "SPAN", converter = Span.class, defaultValue = "1d",
      description = "from one step to the next, like 5m, 1h, 1d; default ${DEFAULT-VALUE}")
  private Duration stride;

  @Option(names = "--horizon", paramLabel = "SPAN", converter = Span.class, defaultValue = "1d",
      description = "how far ahead a loss is looked for; default ${DEFAULT-VALUE}")
  private Duration horizon;

  @Option(names = "--target", paramLabel = "SHARE", defaultValue = "0.99",
      description = "share of account-steps that should stay inside; default ${DEFAULT-VALUE}")
  private double target;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "backtest-report",
      description = "where backtest.json and backtest.svg are written; default ${DEFAULT-VALUE}")
  private Path out;

  @Spec private CommandSpec spec;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BacktestMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    if (!(target > 0.0 && target < 1.0)) {
      throw new ParameterException(spec.commandLine(), "--target is " + target + "; give a share between 0 and 1, like 0.99");
    }
    try {
      report();
      return 0;
    } catch (InputException refused) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("backtest: " + refused.getMessage());
      err.flush();
      return 1;
    }
  }

  private void report() {
    BookFile read = InputFiles.naming(book, () -> BookReader.read(book));
    List<PriceFile> files = new ArrayList<>();
    prices.forEach(given -> files.add(PriceWindows.read(given)));
    SortedMap<String, List<PriceFile>> byName = PriceWindows.byName(files);
    requireKnown("--window", windows, byName.keySet());
    requireKnown("--crash", crashes, byName.keySet());
    BacktestSettings settings = new BacktestSettings(read.model(), read.accounts(), read.rule(), read.levels(), read.surface(),
        read.rate(), read.constantPrices(), stride, horizon, target);
    Backtest backtest = new Backtest(settings);
    List<WindowResult> results = new ArrayList<>();
    byName.forEach((name, ofWindow) -> {
      if (windows.isEmpty() || windows.contains(name)) {
        results.add(run(backtest, name, ofWindow));
      }
    });
    ReportFiles.write(out, "backtest", BacktestJson.of(settings, book, results, byName), BacktestPicture.of(settings, results));
    PrintWriter print = spec.commandLine().getOut();
    print.print(BacktestSummary.of(settings, results));
    print.println("Report: " + out.resolve("backtest.json") + ", picture: " + out.resolve("backtest.svg"));
    print.flush();
  }

  private WindowResult run(Backtest backtest, String name, List<PriceFile> files) {
    try {
      return backtest.run(PriceWindows.window(name, files, crashes));
    } catch (MarginException refused) {
      throw new InputException(book + ":", refused.getMessage());
    }
  }

  private void requireKnown(String option, Set<String> names, Collection<String> known) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new ParameterException(spec.commandLine(),
          option + " " + String.join(", ", unknown) + " is no window of the files; they are " + String.join(", ", known));
    }
  }
}
