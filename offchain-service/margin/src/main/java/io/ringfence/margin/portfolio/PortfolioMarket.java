package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.util.Comparator;
import java.util.List;

/**
 * The prices of one underlying at one moment.
 *
 * @param spot price of the underlying, positive
 * @param spotConfidence 0 to 1
 * @param perpetualPrice price of the perpetual; zero if there is none
 * @param perpetualConfidence 0 to 1
 * @param stablePrice price of the settlement asset in the currency of the spot, positive
 * @param expiries one for each expiry, kept nearest first
 */
public record PortfolioMarket(
    double spot,
    double spotConfidence,
    double perpetualPrice,
    double perpetualConfidence,
    double stablePrice,
    List<ExpiryMarket> expiries) {

  /** Refuses figures out of range and an expiry that is quoted twice. */
  public PortfolioMarket {
    spot = Admission.positive("spot", spot);
    spotConfidence = Admission.fraction("confidence of the spot", spotConfidence);
    perpetualPrice = Admission.notNegative("price of the perpetual", perpetualPrice);
    perpetualConfidence = Admission.fraction("confidence of the perpetual", perpetualConfidence);
    stablePrice = Admission.positive("price of the settlement asset", stablePrice);
    expiries = Admission.present("expiries", expiries).stream()
        .sorted(Comparator.comparingLong(ExpiryMarket::secondsToExpiry))
        .toList();
    for (int i = 1; i < expiries.size(); i++) {
      if (expiries.get(i).secondsToExpiry() == expiries.get(i - 1).secondsToExpiry()) {
        throw new InvalidFigureException("expiry in " + expiries.get(i).secondsToExpiry() + " s", "is quoted twice; give it once");
      }
    }
  }

  /** A market for a scan that holds no position, in which nothing is valued by the spot: that stands at 1. */
  public static PortfolioMarket ofCollateral(double stablePrice) {
    return new PortfolioMarket(1.0, 1.0, 0.0, 1.0, stablePrice, List.of());
  }

  /** The market of an expiry. */
  ExpiryMarket require(long secondsToExpiry) {
    for (ExpiryMarket expiry : expiries) {
      if (expiry.secondsToExpiry() == secondsToExpiry) {
        return expiry;
      }
    }
    throw new InvalidFigureException("expiry in " + secondsToExpiry + " s", "is held but not quoted; add its forward, rate, confidences");
  }
}
