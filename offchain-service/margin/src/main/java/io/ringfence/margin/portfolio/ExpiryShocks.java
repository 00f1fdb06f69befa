package io.ringfence.margin.portfolio;

import io.ringfence.margin.pricing.Elementary;

/**
 * What the options and the future of one expiry share, computed once from its market and the parameters: times, discounts, the two parts
 * of the forward, and how far volatilities move.
 *
 * @param market the expiry's quotes
 * @param years time to expiry in years of 365 days, zero once expired
 * @param rootYears its square root
 * @param discount value today of one unit at expiry, {@code exp(-max(r, 0) T)}
 * @param movingForward the part of the forward that shocks move
 * @param fixedForward the part that the settlement average has fixed already
 * @param upMultiplier of volatilities in scenarios up, 1 or more
 * @param downMultiplier of volatilities in scenarios down, 0 to 1
 * @param linearCap of the linear skew
 * @param absoluteCap of the absolute skew
 * @param skewWidth k*, at which the skews reach their caps
 * @param longDiscount factor of a shocked value of zero or more
 * @param shortDiscount factor of a negative one
 * @param basisFactor what a change in value counts for in the basis contingency
 */
public record ExpiryShocks(
    ExpiryMarket market,
    double years,
    double rootYears,
    double discount,
    double movingForward,
    double fixedForward,
    double upMultiplier,
    double downMultiplier,
    double linearCap,
    double absoluteCap,
    double skewWidth,
    double longDiscount,
    double shortDiscount,
    double basisFactor) {

  private static final double SECONDS_PER_DAY = 86_400.0;
  private static final double SECONDS_PER_YEAR = 365.0 * SECONDS_PER_DAY;
  private static final double THIRTY_DAYS = 30.0 * SECONDS_PER_DAY;

  /** Computes them; refuses figures whose size leaves no finite result. */
  public static ExpiryShocks of(PortfolioMarginParameters parameters, ExpiryMarket market) {
    double seconds = Math.max(0.0, market.secondsToExpiry());
    double years = seconds / SECONDS_PER_YEAR;
    double rootYears = Math.sqrt(years);
    double rate = Math.max(market.rate(), 0.0);
    double discount = Elementary.exp(-rate * years);
    double moving = market.forward() * Math.min(1.0, seconds / parameters.settlementWindowSeconds());
    double shock = shock(parameters.volatility(), seconds);
    SkewRange skew = parameters.skew();
    ShockedDiscount shocked = parameters.discount();
    String name = "expiry in " + market.secondsToExpiry() + " s";
    return new ExpiryShocks(
        market,
        years,
        rootYears,
        discount,
        moving,
        market.forward() - moving,
        Admission.result(name + ": the volatility shock up", 1.0 + parameters.volatility().up() * shock),
        Math.max(0.0, 1.0 - parameters.volatility().down() * shock),
        skew.linearScaleCap() + skew.linearCapPerRoot() * rootYears,
        skew.absoluteScaleCap() + skew.absoluteCapPerRoot() * rootYears,
        Math.max(skew.leastWidth(), rootYears * skew.width() * (skew.volatility() + skew.volatilityPerRoot() * rootYears)),
        shocked.longBase() * Elementary.exp(-years * (rate * shocked.longRate() + shocked.longSpread())),
        Admission.result(name + ": the discount of a negative value", Math.min(1.0 / discount,
            shocked.shortBase() * Elementary.exp(years * (rate * shocked.shortRate() + shocked.shortSpread())))),
        parameters.basis().base() + parameters.basis().perYear() * years);
  }

  /** The forward when the spot is multiplied. */
  double forwardAt(double spotMultiplier) {
    return movingForward * spotMultiplier + fixedForward;
  }

  /** What an expiry's shocked value counts for. */
  double discounted(double value) {
    return (value >= 0.0 ? longDiscount : shortDiscount) * value;
  }

  /** (30 days / max(T, floor))^power; irrelevant, and 1, for an expired option without a floor. */
  private static double shock(VolatilityRange range, double seconds) {
    double floored = Math.max(seconds, range.floorDays() * SECONDS_PER_DAY);
    if (floored == 0.0) {
      return 1.0;
    }
    return Elementary.power(THIRTY_DAYS / floored, seconds <= THIRTY_DAYS ? range.shortPower() : range.longPower());
  }
}
