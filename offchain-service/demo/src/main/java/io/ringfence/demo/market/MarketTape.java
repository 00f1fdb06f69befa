package io.ringfence.demo.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The recorded day, step by step. */
public record MarketTape(List<MarketStep> steps) {

  /** How the name of a perpetual ends. */
  public static final String PERPETUAL = "-PERP";

  private static final Duration BAR = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  public MarketTape {
    steps = List.copyOf(steps);
  }

  /** Reads the tables that lie next to this class. */
  public static MarketTape load() {
    Map<Instant, Quote> bitcoin = spots("btc.csv", "BTC", BAR);
    Map<Instant, Quote> ether = spots("eth.csv", "ETH", MINUTE);
    Map<Instant, List<Quote>> options = new LinkedHashMap<>();
    for (String[] row : table("btc-options.csv", 5)) {
      long micros = Long.parseLong(row[2]);
      BigDecimal dollars = new BigDecimal(row[3]).multiply(new BigDecimal(row[4]));
      Instant time = Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L));
      options.computeIfAbsent(Instant.parse(row[0]), step -> new ArrayList<>()).add(new Quote(canonicalName(row[1]), dollars, time));
    }
    List<MarketStep> steps = new ArrayList<>();
    Quote lastEther = null;
    for (Map.Entry<Instant, Quote> entry : bitcoin.entrySet()) {
      lastEther = ether.getOrDefault(entry.getKey(), lastEther);
      if (lastEther == null) {
        throw new IllegalStateException("eth.csv has no trade at or before the first step");
      }
      List<Quote> spots = List.of(entry.getValue(), lastEther);
      steps.add(new MarketStep(steps.size(), entry.getKey(), spots, options.getOrDefault(entry.getKey(), List.of())));
    }
    return new MarketTape(steps);
  }

  /** The canonical name of an OKX option: {@code BTC-USD-251031-80000-P} is {@code BTC-20251031-80000-P}. */
  static String canonicalName(String okx) {
    String[] part = okx.split("-");
    if (part.length != 5 || part[2].length() != 6) {
      throw new IllegalArgumentException("not the name of an OKX option: " + okx);
    }
    return part[0] + "-20" + part[2] + "-" + part[3] + "-" + part[4];
  }

  /** A price is known when its bar is over. */
  private static Map<Instant, Quote> spots(String file, String underlying, Duration bar) {
    Map<Instant, Quote> quotes = new LinkedHashMap<>();
    for (String[] row : table(file, 3)) {
      quotes.put(Instant.parse(row[0]), new Quote(underlying, new BigDecimal(row[2]), Instant.parse(row[1]).plus(bar)));
    }
    return quotes;
  }

  private static List<String[]> table(String file, int columns) {
    try (InputStream stream = MarketTape.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("the table " + file + " is missing from the program's archive; build it again");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII));
      List<String[]> rows = new ArrayList<>();
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] row = line.split(",", -1);
        if (row.length != columns) {
          throw new IllegalStateException(file + ": a row of " + row.length + " columns instead of " + columns + ": " + line);
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
