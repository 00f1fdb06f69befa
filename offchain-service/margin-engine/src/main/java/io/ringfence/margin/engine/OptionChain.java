package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What is listed on one underlying: the options, one a row, in canonical order, so that rows of one expiry stand together, and calls before
 * puts at a strike; and the futures, which are but expiries. An expiry may have options, a future or both.
 */
final class OptionChain {

  private final String underlying;
  private final List<ListedOption> options;
  private final List<ListedFuture> futures;
  private final long[] expiries;
  private final int[] expiryOfRow;
  private final int[] strikeOfRow;

  OptionChain(String underlying, List<ListedOption> listed, List<ListedFuture> listedFutures) {
    this.underlying = underlying;
    options = listed.stream().sorted().toList();
    futures = listedFutures.stream().sorted().toList();
    for (int i = 1; i < futures.size(); i++) {
      if (futures.get(i).equals(futures.get(i - 1))) {
        throw new InvalidFigureException("future " + futures.get(i), "is listed twice; list it once");
      }
    }
    expiries = LongStream.concat(
        options.stream().mapToLong(ListedOption::expiry), futures.stream().mapToLong(ListedFuture::expiry)).sorted().distinct().toArray();
    expiryOfRow = new int[options.size()];
    strikeOfRow = new int[options.size()];
    for (int row = 0; row < options.size(); row++) {
      ListedOption option = options.get(row);
      expiryOfRow[row] = Arrays.binarySearch(expiries, option.expiry());
      if (row == 0) {
        continue;
      }
      ListedOption before = options.get(row - 1);
      if (option.equals(before)) {
        throw new InvalidFigureException("option " + option, "is listed twice; list it once");
      }
      boolean sameStrike = option.expiry() == before.expiry() && option.strike() == before.strike();
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

  /** In canonical order. */
  List<ListedFuture> futures() {
    return futures;
  }

  /** The number among the expiries of that of a future; refuses one that is not listed. */
  int futureAt(long expiry) {
    if (!futures.contains(new ListedFuture(underlying, expiry))) {
      throw new InvalidFigureException("the future on " + underlying + " at " + expiry, "is not listed; list it, or settle the position");
    }
    return Arrays.binarySearch(expiries, expiry);
  }

  /** Moments of expiry of options and futures in seconds since 1970, nearest first; {@link #expiryOfRow} indexes them. */
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
