package io.ringfence.demo.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The cast and its trades.
 *
 * @param clients every account, the venue's own first
 * @param trades in order
 */
public record Scenario(List<Client> clients, List<Trade> trades) {

  /** Name of the venue's own account. */
  public static final String HOUSE = "house";

  /** Collateral symbols in the columns' order. */
  private static final List<String> SYMBOLS = List.of("USDC", "WBTC", "WETH");

  public Scenario {
    clients = List.copyOf(clients);
    trades = List.copyOf(trades);
  }

  /** Reads the two tables that lie next to this class. */
  public static Scenario load() {
    List<Client> clients = new ArrayList<>();
    for (String[] row : table("clients.csv", 9)) {
      Map<String, BigDecimal> collateral = new LinkedHashMap<>();
      for (int i = 0; i < SYMBOLS.size(); i++) {
        BigDecimal amount = new BigDecimal(row[6 + i]);
        if (amount.signum() > 0) {
          collateral.put(SYMBOLS.get(i), amount);
        }
      }
      OwnerKind kind = OwnerKind.valueOf(row[2]);
      clients.add(new Client(row[0], row[1], kind, Integer.parseInt(row[3]), new BigInteger(row[4]), Role.valueOf(row[5]), collateral));
    }
    List<Trade> trades = new ArrayList<>();
    for (String[] row : table("trades.csv", 5)) {
      String id = "trade-%03d".formatted(trades.size() + 1);
      trades.add(new Trade(id, Integer.parseInt(row[0]), row[1], row[2], row[3], new BigDecimal(row[4])));
    }
    return new Scenario(clients, trades);
  }

  /** The client of that name. */
  public Client client(String name) {
    return clients.stream()
        .filter(client -> client.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the scenario has no client " + name));
  }

  /** Trades of one step. */
  public List<Trade> tradesAt(int step) {
    return trades.stream().filter(trade -> trade.step() == step).toList();
  }

  /** Clients with a part in the story. */
  public List<Client> inRole(Role role) {
    return clients.stream().filter(client -> client.role() == role).toList();
  }

  private static List<String[]> table(String file, int columns) {
    try (InputStream stream = Scenario.class.getResourceAsStream(file)) {
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
