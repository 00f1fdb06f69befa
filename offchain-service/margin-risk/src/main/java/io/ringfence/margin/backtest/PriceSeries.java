package io.ringfence.margin.backtest;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Admitted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Recorded closing prices of one underlying at a regular step, with gaps where nothing was recorded. A price is dated by the end of its
 * bar, when it became known.
 */
public final class PriceSeries {

  /** A price and when it became known. */
  public record Observation(Instant time, double price) {}

  /**
   * Bars that are not there.
   *
   * @param after the last observation before them
   * @param before the first observation after them
   * @param bars how many are absent
   */
  public record Gap(Instant after, Instant before, long bars) {}

  private final String underlying;
  private final long barSeconds;
  private final long[] seconds;
  private final double[] prices;

  private PriceSeries(String underlying, long barSeconds, long[] seconds, double[] prices) {
    this.underlying = underlying;
    this.barSeconds = barSeconds;
    this.seconds = seconds;
    this.prices = prices;
  }

  /**
   * A series.
   *
   * @param barSeconds the regular step, positive
   * @param observations at least one, each a whole number of bars after the one before it, prices positive
   */
  public static PriceSeries of(String underlying, long barSeconds, List<Observation> observations) {
    String figure = "prices of " + underlying;
    if (barSeconds <= 0 || observations.isEmpty()) {
      throw new InvalidFigureException(figure, "are none, or have no step; give bars of one length");
    }
    long[] seconds = new long[observations.size()];
    double[] prices = new double[observations.size()];
    for (int i = 0; i < seconds.length; i++) {
      Observation observation = observations.get(i);
      seconds[i] = observation.time().getEpochSecond();
      prices[i] = Admitted.positive("price of " + underlying + " at " + observation.time(), observation.price());
      if (i > 0 && (seconds[i] <= seconds[i - 1] || (seconds[i] - seconds[i - 1]) % barSeconds != 0)) {
        throw new InvalidFigureException(figure,
            "at " + observation.time() + " are not a whole number of bars of " + barSeconds + " s after the one before");
      }
    }
    return new PriceSeries(underlying, barSeconds, seconds, prices);
  }

  /** What the prices are of. */
  public String underlying() {
    return underlying;
  }

  /** The length of a bar in seconds. */
  public long barSeconds() {
    return barSeconds;
  }

  /** How many observations there are. */
  public int size() {
    return seconds.length;
  }

  /** When the first price became known. */
  public Instant first() {
    return time(0);
  }

  /** When the last price became known. */
  public Instant last() {
    return time(seconds.length - 1);
  }

  /** The price that became known at exactly this moment; empty if none was recorded. */
  public OptionalDouble at(Instant moment) {
    int index = indexOf(moment);
    return index < 0 ? OptionalDouble.empty() : OptionalDouble.of(prices[index]);
  }

  /** All gaps, in order. */
  public List<Gap> gaps() {
    List<Gap> gaps = new ArrayList<>();
    for (int i = 1; i < seconds.length; i++) {
      if (!follows(i)) {
        gaps.add(new Gap(time(i - 1), time(i), (seconds[i] - seconds[i - 1]) / barSeconds - 1));
      }
    }
    return List.copyOf(gaps);
  }

  /** The index of the observation at exactly this moment, negative if there is none. */
  int indexOf(Instant moment) {
    return moment.getNano() != 0 ? -1 : Arrays.binarySearch(seconds, moment.getEpochSecond());
  }

  double price(int index) {
    return prices[index];
  }

  /** Whether an observation is exactly one bar after the one before it. */
  boolean follows(int index) {
    return seconds[index] - seconds[index - 1] == barSeconds;
  }

  private Instant time(int index) {
    return Instant.ofEpochSecond(seconds[index]);
  }
}
