package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The options that accounts may hold, numbered from zero in canonical order; the dated futures, known by underlying and expiry; and the
 * underlyings, numbered by name. Does not change: what is listed later needs new instruments, hence a new engine that is loaded from the
 * ledger.
 */
public final class Instruments {

  private final List<String> underlyings;
  private final List<OptionChain> chains;
  private final int[] firstOfUnderlying;
  private final Map<ListedOption, Integer> ids = new HashMap<>();

  private Instruments(SortedMap<String, List<ListedOption>> byUnderlying, Map<String, List<ListedFuture>> futures) {
    underlyings = List.copyOf(byUnderlying.keySet());
    firstOfUnderlying = new int[underlyings.size() + 1];
    List<OptionChain> built = new ArrayList<>();
    for (int i = 0; i < underlyings.size(); i++) {
      String underlying = underlyings.get(i);
      OptionChain chain = new OptionChain(underlying, byUnderlying.get(underlying), futures.get(underlying));
      built.add(chain);
      firstOfUnderlying[i + 1] = firstOfUnderlying[i] + chain.size();
      for (int row = 0; row < chain.size(); row++) {
        ids.put(chain.option(row), firstOfUnderlying[i] + row);
      }
    }
    chains = List.copyOf(built);
  }

  /** The instruments of a venue without dated futures. */
  public static Instruments of(Collection<String> underlyings, Collection<ListedOption> options) {
    return of(underlyings, options, List.of());
  }

  /**
   * The instruments of a venue.
   *
   * @param underlyings every underlying that accounts may hold anything of
   * @param options in any order
   * @param futures in any order
   * @throws InvalidFigureException if something is listed twice or its underlying is not among the underlyings
   */
  public static Instruments of(
      Collection<String> underlyings, Collection<ListedOption> options, Collection<ListedFuture> futures) {
    return new Instruments(
        grouped(underlyings, options, ListedOption::underlying), grouped(underlyings, futures, ListedFuture::underlying));
  }

  private static <T> SortedMap<String, List<T>> grouped(
      Collection<String> underlyings, Collection<T> listed, Function<T, String> underlyingOf) {
    SortedMap<String, List<T>> grouped = new TreeMap<>();
    underlyings.forEach(underlying -> grouped.put(underlying, new ArrayList<>()));
    for (T instrument : listed) {
      List<T> group = grouped.get(underlyingOf.apply(instrument));
      if (group == null) {
        throw new InvalidFigureException("underlying of " + instrument, "is not among the underlyings; add it");
      }
      group.add(instrument);
    }
    return grouped;
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

  /** The dated futures of an underlying, nearest first. */
  public List<ListedFuture> futuresOf(String underlying) {
    return chains.get(underlyingIndex(underlying)).futures();
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
