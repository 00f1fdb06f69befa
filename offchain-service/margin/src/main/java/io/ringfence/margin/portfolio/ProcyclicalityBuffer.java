package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.util.regex.Pattern;

/**
 * The anti-procyclical buffer: what is asked in calm times is more than it need be, so that stress need not raise it. Either a factor on
 * what positions may lose (the worst loss that the initial margin covers, and the contingencies of positions), or a floor under the
 * volatilities that scenarios up start from, or both.
 *
 * @param factor 1 or more; 1 is a buffer that is drawn down, or replaced by the floor
 * @param longRunVolatility the least volatility that a scenario up starts from, estimated over years that contain stress; 0 for none
 * @param decision the recorded decision by which less than {@link #FULL} and no floor is in force; empty otherwise
 */
public record ProcyclicalityBuffer(double factor, double longRunVolatility, String decision) {

  /** The least factor that needs neither a floor nor a decision. */
  public static final double FULL = 1.25;

  /** The least floor that needs neither a factor nor a decision: a lower one would hardly ever act. */
  public static final double LEAST_FLOOR = 0.40;

  private static final Pattern DECISION = Pattern.compile("[A-Za-z0-9 .,:;/#_-]{0,200}");

  /** Refuses a buffer that is drawn down without a decision. */
  public ProcyclicalityBuffer {
    factor = Admission.positive("buffer.factor", factor);
    longRunVolatility = Admission.notNegative("buffer.longRunVolatility", longRunVolatility);
    if (factor < 1.0) {
      throw new InvalidFigureException("buffer.factor", "is below 1; 1 is a buffer drawn down completely");
    }
    if (decision == null || !DECISION.matcher(decision).matches()) {
      throw new InvalidFigureException("buffer.decision", "is not a text of at most 200 letters, digits, spaces and .,:;/#_-");
    }
    if (factor < FULL && longRunVolatility < LEAST_FLOOR && decision.isBlank()) {
      throw new InvalidFigureException("buffer.decision",
          "is empty; a factor below " + FULL + " without a long-run volatility of " + LEAST_FLOOR + " needs the name of the decision");
    }
  }

  /** The buffer that needs no decision: a quarter. */
  public static ProcyclicalityBuffer full() {
    return new ProcyclicalityBuffer(FULL, 0.0, "");
  }

  /** No buffer, by the named decision. */
  public static ProcyclicalityBuffer drawnDown(String decision) {
    return new ProcyclicalityBuffer(1.0, 0.0, decision);
  }
}
