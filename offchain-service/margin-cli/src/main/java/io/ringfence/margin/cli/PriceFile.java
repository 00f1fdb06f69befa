package io.ringfence.margin.cli;

import io.ringfence.margin.backtest.PriceSeries;
import io.ringfence.margin.backtest.PriceSeries.Observation;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A CSV file of bars. Lines {@code # key: value} first, of which {@code underlying}, {@code window} and {@code crash} are read; then a
 * heading that has at least {@code open_time_ms} (Unix milliseconds of the bar's open), {@code open}, {@code high}, {@code low},
 * {@code close}, in any order among other columns; then a line for each bar, times rising. A bar that is not there is a gap.
 *
 * @param file where it is
 * @param window the window it belongs to: what the file says, else the name of its directory
 * @param crash whether the file says that its window is a crash
 * @param series the closes
 */
record PriceFile(Path file, String window, boolean crash, PriceSeries series) {

  private static final List<String> PRICES = List.of("open", "high", "low", "close");
  private static final String TIME = "open_time_ms";
  private static final Pattern NOTE = Pattern.compile("#\\s*([a-z_]+)\\s*:\\s*(.*?)\\s*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,20}(\\.[0-9]{0,30})?([eE][+-]?[0-9]{1,3})?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,15}");
  private static final Pattern NAME = Pattern.compile("([a-z][a-z0-9]*?)(usd|usdt|usdc)?[_.-].*");

  /** A bar as written: the line, the open in milliseconds, the close. */
  private record Bar(int line, long open, double close) {}

  /**
   * Reads a file.
   *
   * @param underlying what the caller says it is of; empty to take it from the file or its name, like {@code btcusd_1h.csv}
   */
  static PriceFile read(Path file, String underlying) {
    List<String> lines = lines(file);
    SortedMap<String, String> notes = new TreeMap<>();
    int next = 0;
    while (next < lines.size() && lines.get(next).startsWith("#")) {
      Matcher note = NOTE.matcher(lines.get(next));
      if (note.matches()) {
        notes.put(note.group(1), note.group(2));
      }
      next++;
    }
    if (next == lines.size()) {
      throw new InputException("the file", "has no heading; give open_time_ms, open, high, low, close");
    }
    List<String> columns = Arrays.stream(lines.get(next).split(",", -1)).map(String::strip).toList();
    for (String column : required()) {
      if (columns.indexOf(column) < 0 || columns.indexOf(column) != columns.lastIndexOf(column)) {
        throw new InputException("line " + (next + 1) + ": column " + column, "is absent or there twice; the heading needs "
            + String.join(", ", required()));
      }
    }
    List<Bar> bars = new ArrayList<>();
    for (int i = next + 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        bars.add(bar(i + 1, columns, lines.get(i).split(",", -1), bars));
      }
    }
    String stated = underlying.isEmpty() ? notes.getOrDefault("underlying", "") : underlying;
    String name = stated.isEmpty() ? fromName(file) : stated;
    String window = notes.getOrDefault("window", String.valueOf(file.toAbsolutePath().normalize().getParent().getFileName()));
    return new PriceFile(file, window, crash(notes), series(name, bars));
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > InputFiles.MOST_BYTES) {
        throw new InputException("the file", "has " + Files.size(file) + " bytes; split what has more than " + InputFiles.MOST_BYTES);
      }
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      throw new InputException("the file", "does not exist; check the path");
    } catch (MalformedInputException e) {
      throw new InputException("the file", "is not text in UTF-8; give a CSV file");
    } catch (IOException e) {
      throw new InputException("the file", "cannot be read: " + e.getMessage());
    }
  }

  private static List<String> required() {
    List<String> required = new ArrayList<>(PRICES);
    required.addFirst(TIME);
    return required;
  }

  private static Bar bar(int line, List<String> columns, String[] values, List<Bar> before) {
    String at = "line " + line + ": ";
    if (values.length != columns.size()) {
      throw new InputException(at + "the bar", "has " + values.length + " values; the heading has " + columns.size() + " columns");
    }
    String time = values[columns.indexOf(TIME)].strip();
    if (!WHOLE.matcher(time).matches() || Long.parseLong(time) % 1000 != 0) {
      throw new InputException(at + TIME, (time.isEmpty() ? "is absent" : "is \"" + time + "\"") + "; give whole seconds in milliseconds");
    }
    long open = Long.parseLong(time);
    if (!before.isEmpty() && open <= before.getLast().open()) {
      Bar last = before.getLast();
      throw new InputException(at + TIME, open == last.open()
          ? "is " + open + " again, as in line " + last.line() + "; give each bar once"
          : "is " + open + ", before the " + last.open() + " of line " + last.line() + "; give bars in the order of time");
    }
    double[] prices = new double[PRICES.size()];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = price(at + PRICES.get(i), values[columns.indexOf(PRICES.get(i))].strip());
    }
    if (prices[2] > Math.min(prices[0], prices[3]) || prices[1] < Math.max(prices[0], prices[3])) {
      throw new InputException(at + "low " + prices[2] + " and high " + prices[1],
          "do not enclose open " + prices[0] + " and close " + prices[3]);
    }
    return new Bar(line, open, prices[3]);
  }

  private static double price(String field, String text) {
    double price = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    if (!(price > 0.0) || price > 1e30) {
      throw new InputException(field, (text.isEmpty() ? "is absent" : "is " + text) + "; give a positive number, or leave the bar out");
    }
    return price;
  }

  /** The bar's length is the least distance of two opens; every other distance is a whole number of it. */
  private static PriceSeries series(String underlying, List<Bar> bars) {
    if (bars.size() < 2) {
      throw new InputException("the file", "has " + bars.size() + " bars; give at least two");
    }
    long length = Long.MAX_VALUE;
    for (int i = 1; i < bars.size(); i++) {
      length = Math.min(length, bars.get(i).open() - bars.get(i - 1).open());
    }
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < bars.size(); i++) {
      if (i > 0 && (bars.get(i).open() - bars.get(i - 1).open()) % length != 0) {
        throw new InputException("line " + bars.get(i).line() + ": " + TIME,
            "is " + bars.get(i).open() + ", not a whole number of bars of " + length / 1000 + " s after line " + bars.get(i - 1).line());
      }
      observations.add(new Observation(Instant.ofEpochMilli(bars.get(i).open() + length), bars.get(i).close()));
    }
    return PriceSeries.of(underlying, length / 1000, observations);
  }

  private static boolean crash(SortedMap<String, String> notes) {
    String crash = notes.getOrDefault("crash", "no");
    return switch (crash) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new InputException("# crash", "is \"" + crash + "\"; give yes or no");
    };
  }

  private static String fromName(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString().toLowerCase(Locale.ROOT));
    if (!name.matches()) {
      throw new InputException("the underlying",
          "cannot be told from the file's name; write a line \"# underlying: BTC\" first, or give BTC=FILE");
    }
    return name.group(1).toUpperCase(Locale.ROOT);
  }
}
