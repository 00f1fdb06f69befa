package io.ringfence.margin.backtest;

import java.time.Instant;

/**
 * One account at one step. Amounts in settlement asset.
 *
 * @param time the step
 * @param account whose
 * @param loss what its value fell by over the horizon, negative if it rose
 * @param without the requirement at the step by {@link Buffering#WITHOUT}
 * @param with by {@link Buffering#WITH}
 * @param absorbing by {@link Buffering#ABSORBING}
 */
public record AccountStep(Instant time, String account, double loss, double without, double with, double absorbing) {

  /** The requirement at the step. */
  public double requirement(Buffering buffering) {
    return switch (buffering) {
      case WITHOUT -> without;
      case WITH -> with;
      case ABSORBING -> absorbing;
    };
  }

  /** What the loss exceeds the requirement by; zero or less if it stayed inside. */
  public double excess(Buffering buffering) {
    return loss - requirement(buffering);
  }
}
