package io.ringfence.margin.engine;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.portfolio.Admission;
import java.util.Comparator;
import java.util.Objects;

/**
 * An option that accounts may hold. Its natural order is the canonical one, in which positions are added up.
 *
 * @param underlying its symbol, not empty
 * @param expiry seconds since 1970-01-01T00:00Z
 * @param strike settlement asset per unit of the underlying, positive, at most 1e30
 * @param right call or put
 */
public record ListedOption(String underlying, long expiry, double strike, Right right) implements Comparable<ListedOption> {

  private static final Comparator<ListedOption> CANONICAL =
      Comparator.comparing(ListedOption::underlying)
          .thenComparingLong(ListedOption::expiry)
          .thenComparingDouble(ListedOption::strike)
          .thenComparing(ListedOption::right);

  /** Refuses a strike that is not a positive number. */
  public ListedOption {
    if (underlying.isEmpty()) {
      throw new InvalidFigureException("underlying of an option", "is empty; give its symbol");
    }
    if (!(strike > 0.0 && strike <= Admission.MOST)) {
      throw new InvalidFigureException("strike of an option on " + underlying, "is " + strike + "; give a positive number up to 1e30");
    }
    Objects.requireNonNull(right, "right");
  }

  /** By underlying, expiry, strike, calls before puts. */
  @Override
  public int compareTo(ListedOption other) {
    return CANONICAL.compare(this, other);
  }
}
