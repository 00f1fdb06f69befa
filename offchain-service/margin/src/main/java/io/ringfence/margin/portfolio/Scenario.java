package io.ringfence.margin.portfolio;

import java.util.Comparator;

/**
 * One cell of the grid that is scanned for the greatest loss.
 *
 * @param spot the multiplier of the spot, 1 for no move, zero or more
 * @param volatility what happens to volatilities meanwhile
 * @param damping the part of the profit or loss that counts, zero or more; less than 1 in far tails
 */
public record Scenario(double spot, VolatilityMove volatility, double damping) implements Comparable<Scenario> {

  private static final Comparator<Scenario> ORDER =
      Comparator.comparing((Scenario scenario) -> scenario.volatility().isSkew())
          .thenComparingDouble(Scenario::spot)
          .thenComparing(Scenario::volatility)
          .thenComparingDouble(Scenario::damping);

  /** Refuses figures out of range. */
  public Scenario {
    spot = Admission.notNegative("scenario.spot", spot);
    Admission.present("scenario.volatility", volatility);
    damping = Admission.notNegative("scenario.damping", damping);
  }

  /** A scenario that counts in full. */
  public static Scenario of(double spot, VolatilityMove volatility) {
    return new Scenario(spot, volatility, 1.0);
  }

  /** Its name in results, for example {@code spot x 1.18, volatility UP}. */
  public String name() {
    return "spot x " + spot + ", volatility " + volatility + (damping == 1.0 ? "" : ", damped to " + damping);
  }

  /** Skews last; else by spot, volatility and damping. */
  @Override
  public int compareTo(Scenario other) {
    return ORDER.compare(this, other);
  }
}
