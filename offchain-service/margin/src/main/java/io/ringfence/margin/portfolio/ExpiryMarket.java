package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;

/**
 * What is quoted for one expiry.
 *
 * @param secondsToExpiry from the moment that is margined; zero or less once expired, when the forward is the settlement price
 * @param forward price of the underlying for the expiry, positive
 * @param forwardConfidence 0 to 1
 * @param rate continuously compounded, per year of 365 days; below zero counts as zero
 * @param rateConfidence 0 to 1
 * @param volatilityConfidence 0 to 1
 */
public record ExpiryMarket(
    long secondsToExpiry, double forward, double forwardConfidence, double rate, double rateConfidence, double volatilityConfidence) {

  private static final long MOST_SECONDS = 100L * 365 * 86_400;

  /** Refuses figures out of range. */
  public ExpiryMarket {
    String expiry = "expiry in " + secondsToExpiry + " s";
    if (Math.abs(secondsToExpiry) > MOST_SECONDS) {
      throw new InvalidFigureException(expiry, "is more than 100 years away; give seconds from now");
    }
    forward = Admission.positive(expiry + ": forward", forward);
    forwardConfidence = Admission.fraction(expiry + ": confidence of the forward", forwardConfidence);
    rate = Admission.any(expiry + ": rate", rate);
    rateConfidence = Admission.fraction(expiry + ": confidence of the rate", rateConfidence);
    volatilityConfidence = Admission.fraction(expiry + ": confidence of the volatilities", volatilityConfidence);
  }

  /** The least of the three confidences, which bears on every option of the expiry. */
  public double leastConfidence() {
    return Math.min(Math.min(forwardConfidence, rateConfidence), volatilityConfidence);
  }
}
