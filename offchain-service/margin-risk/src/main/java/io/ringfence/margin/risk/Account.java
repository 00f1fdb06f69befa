package io.ringfence.margin.risk;

import io.ringfence.margin.InvalidFigureException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A segregated account: what it holds answers for its own losses and for nobody else's.
 *
 * @param name unique in a book
 * @param cash settlement asset, negative if owed
 * @param collateral units by asset, none negative
 * @param holdings positions, in any order
 */
public record Account(String name, double cash, SortedMap<String, Double> collateral, List<Holding> holdings) {

  /** Copies, and refuses figures out of range. */
  public Account {
    name = Admitted.name("name of an account", name);
    cash = Admitted.any("cash of " + name, cash);
    SortedMap<String, Double> copy = new TreeMap<>();
    for (var entry : collateral.entrySet()) {
      copy.put(entry.getKey(), Admitted.notNegative("collateral " + entry.getKey() + " of " + name, entry.getValue()));
    }
    collateral = Collections.unmodifiableSortedMap(copy);
    holdings = List.copyOf(holdings);
  }

  /** The underlyings of its positions, and of those collateral assets that have no constant price. */
  public SortedSet<String> underlyings(SortedMap<String, Double> constantPrices) {
    SortedSet<String> underlyings = new TreeSet<>();
    holdings.forEach(holding -> underlyings.add(holding.underlying()));
    collateral.keySet().stream().filter(asset -> !constantPrices.containsKey(asset)).forEach(underlyings::add);
    return underlyings;
  }

  static void requireDistinct(String what, List<String> names) {
    SortedSet<String> seen = new TreeSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new InvalidFigureException(what, "\"" + name + "\" is given twice; give each a name of its own");
      }
    }
  }
}
