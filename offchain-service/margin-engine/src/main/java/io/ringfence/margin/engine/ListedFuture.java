package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import java.util.Comparator;

/**
 * A dated future that accounts may hold. Its natural order is the canonical one, in which positions are added up.
 *
 * @param underlying its symbol, not empty
 * @param expiry seconds since 1970-01-01T00:00Z
 */
public record ListedFuture(String underlying, long expiry) implements Comparable<ListedFuture> {

  private static final Comparator<ListedFuture> CANONICAL =
      Comparator.comparing(ListedFuture::underlying).thenComparingLong(ListedFuture::expiry);

  /** Refuses an empty symbol. */
  public ListedFuture {
    if (underlying.isEmpty()) {
      throw new InvalidFigureException("underlying of a future", "is empty; give its symbol");
    }
  }

  /** By underlying and expiry. */
  @Override
  public int compareTo(ListedFuture other) {
    return CANONICAL.compare(this, other);
  }
}
