package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import java.util.List;

/** The options of one underlying, one a row, in canonical order: rows of one expiry stand together, and calls before puts at a strike. */
final class OptionChain {

  private final String underlying;
  private final List<ListedOption> options;
  private final long[] expiries;
  private final int[] expiryOfRow;
  private final int[] strikeOfRow;

  OptionChain(String underlying, List<ListedOption> listed) {
    this.underlying = underlying;
    options = listed.stream().sorted().toList();
    expiries = options.stream().mapToLong(ListedOption::expiry).distinct().toArray();
    expiryOfRow = new int[options.size()];
    strikeOfRow = new int[options.size()];
    for (int row = 1; row < options.size(); row++) {
      ListedOption before = options.get(row - 1);
      ListedOption option = options.get(row);
      if (option.equals(before)) {
        throw new InvalidFigureException("option " + option, "is listed twice; list it once");
      }
      boolean sameExpiry = option.expiry() == before.expiry();
      boolean sameStrike = sameExpiry && option.strike() == before.strike();
      expiryOfRow[row] = expiryOfRow[row - 1] + (sameExpiry ? 0 : 1);
      strikeOfRow[row] = strikeOfRow[row - 1] + (sameStrike ? 0 : 1);
    }
  }

  String underlying() {
    return underlying;
  }

  int size() {
    return options.size();
  }

  List<ListedOption> options() {
    return options;
  }

  ListedOption option(int row) {
    return options.get(row);
  }

  /** Moments of expiry in seconds since 1970, nearest first; {@link #expiryOfRow} indexes them. */
  long[] expiries() {
    return expiries;
  }

  int expiryOf(int row) {
    return expiryOfRow[row];
  }

  /** By row, for the loops over positions. */
  int[] expiryOfRow() {
    return expiryOfRow;
  }

  /** Equal for the call and the put at one strike and expiry. */
  int strikeOf(int row) {
    return strikeOfRow[row];
  }
}
