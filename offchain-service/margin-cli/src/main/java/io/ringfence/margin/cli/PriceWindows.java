package io.ringfence.margin.cli;

import io.ringfence.margin.MarginException;
import io.ringfence.margin.backtest.BacktestWindow;
import io.ringfence.margin.backtest.PriceSeries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads price files and puts those of one window together. */
final class PriceWindows {

  private static final Pattern NAMED = Pattern.compile("([A-Z][A-Z0-9]{0,11})=(.+)");

  private PriceWindows() {}

  /** A file as given: a path, or {@code BTC=PATH}. */
  static PriceFile read(String given) {
    Matcher named = NAMED.matcher(given);
    Path file = Path.of(named.matches() ? named.group(2) : given);
    return InputFiles.naming(file, () -> PriceFile.read(file, named.matches() ? named.group(1) : ""));
  }

  /** The windows by name, each with its files. */
  static SortedMap<String, List<PriceFile>> byName(List<PriceFile> files) {
    SortedMap<String, List<PriceFile>> windows = new TreeMap<>();
    files.forEach(file -> windows.computeIfAbsent(file.window(), name -> new ArrayList<>()).add(file));
    return windows;
  }

  /** One window; a crash if the caller or any of its files says so. */
  static BacktestWindow window(String name, List<PriceFile> files, Set<String> crashes) {
    Set<String> underlyings = new TreeSet<>();
    List<PriceSeries> series = new ArrayList<>();
    for (PriceFile file : files) {
      if (!underlyings.add(file.series().underlying())) {
        throw new InputException(file.file() + ": the underlying",
            "is " + file.series().underlying() + ", as of another file of window " + name + "; give one file of each");
      }
      series.add(file.series());
    }
    try {
      return BacktestWindow.of(name, crashes.contains(name) || files.stream().anyMatch(PriceFile::crash), series);
    } catch (MarginException refused) {
      throw new InputException(files.getFirst().file() + ":", refused.getMessage());
    }
  }
}
