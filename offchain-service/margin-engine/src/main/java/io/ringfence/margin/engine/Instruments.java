package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The options that accounts may hold, numbered from zero in canonical order, and the underlyings, numbered by name. Does not change: what
 * is listed later needs new instruments, hence a new engine that is loaded from the ledger.
 */
public final class Instruments {

  private final List<String> underlyings;
  private final List<OptionChain> chains;
  private final int[] firstOfUnderlying;
  private final Map<ListedOption, Integer> ids = new HashMap<>();

  private Instruments(SortedMap<String, List<ListedOption>> byUnderlying) {
    underlyings = List.copyOf(byUnderlying.keySet());
    firstOfUnderlying = new int[underlyings.size() + 1];
    List<OptionChain> built = new ArrayList<>();
    for (int i = 0; i < underlyings.size(); i++) {
      OptionChain chain = new OptionChain(underlyings.get(i), byUnderlying.get(underlyings.get(i)));
      built.add(chain);
      firstOfUnderlying[i + 1] = firstOfUnderlying[i] + chain.size();
      for (int row = 0; row < chain.size(); row++) {
        ids.put(chain.option(row), firstOfUnderlying[i] + row);
      }
    }
    chains = List.copyOf(built);
  }

  /**
   * The instruments of a venue.
   *
   * @param underlyings every underlying that accounts may hold anything of
   * @param options in any order
   * @throws InvalidFigureException if an option is listed twice or its underlying is not among the underlyings
   */
  public static Instruments of(Collection<String> underlyings, Collection<ListedOption> options) {
    SortedMap<String, List<ListedOption>> byUnderlying = new TreeMap<>();
    underlyings.forEach(underlying -> byUnderlying.put(underlying, new ArrayList<>()));
    for (ListedOption option : options) {
      List<ListedOption> chain = byUnderlying.get(option.underlying());
      if (chain == null) {
        throw new InvalidFigureException("underlying of " + option, "is not among the underlyings; add it");
      }
      chain.add(option);
    }
    return new Instruments(byUnderlying);
  }

  /** How many options are listed; they are numbered from zero. */
  public int count() {
    return firstOfUnderlying[underlyings.size()];
  }

  /** The underlyings in the order in which an account's margins are added. */
  public List<String> underlyings() {
    return underlyings;
  }

  /**
   * The number of an option.
   *
   * @throws InvalidFigureException if it is not listed
   */
  public int id(ListedOption option) {
    Integer id = ids.get(option);
    if (id == null) {
      throw new InvalidFigureException("option " + option, "is not listed; list it, or settle the position");
    }
    return id;
  }

  /** The option of a number. */
  public ListedOption option(int id) {
    int underlying = underlyingOf(id);
    return chains.get(underlying).option(id - firstOfUnderlying[underlying]);
  }

  /** The options of an underlying in the order in which {@link UnderlyingMarket} quotes them. */
  public List<ListedOption> optionsOf(String underlying) {
    return chains.get(underlyingIndex(underlying)).options();
  }

  int underlyingIndex(String underlying) {
    int index = underlyings.indexOf(underlying);
    if (index < 0) {
      throw new InvalidFigureException("underlying \"" + underlying + "\"", "is not among the instruments' underlyings " + underlyings);
    }
    return index;
  }

  int underlyingOf(int id) {
    if (id < 0 || id >= count()) {
      throw new InvalidFigureException("instrument " + id, "is not listed; there are " + count() + ", numbered from 0");
    }
    int underlying = 0;
    while (id >= firstOfUnderlying[underlying + 1]) {
      underlying++;
    }
    return underlying;
  }

  int row(int id) {
    return id - firstOfUnderlying[underlyingOf(id)];
  }

  OptionChain chain(int underlying) {
    return chains.get(underlying);
  }
}
