package io.ringfence.margin.risk;

import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.pricing.Elementary;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that values an account at one moment. A perpetual trades at the spot; a forward is {@code spot x exp(rate T)}, T in years of
 * 365 days; an option's volatility is its underlying's level times the surface's ratio. The settlement asset is worth 1.
 *
 * @param time the moment
 * @param spots by underlying
 * @param constantPrices of collateral assets that have no spot, by asset
 * @param surface the shape of volatilities
 * @param rate continuously compounded, per year; zero or more
 */
public record MarketState(
    Instant time, SortedMap<String, Spot> spots, SortedMap<String, Double> constantPrices, VolatilitySurface surface, double rate) {

  private static final double SECONDS_PER_YEAR = 365.0 * 86_400.0;

  /**
   * An underlying at the moment.
   *
   * @param price positive
   * @param volatility the level: a year's standard deviation, positive
   */
  public record Spot(double price, double volatility) {
    /** Refuses figures out of range. */
    public Spot {
      price = Admitted.positive("spot", price);
      volatility = Admitted.positive("volatility level", volatility);
    }
  }

  /** Copies, and refuses figures out of range. */
  public MarketState {
    spots = Collections.unmodifiableSortedMap(new TreeMap<>(spots));
    constantPrices = Collections.unmodifiableSortedMap(new TreeMap<>(constantPrices));
    constantPrices.forEach((asset, price) -> Admitted.notNegative("price of " + asset, price));
    rate = Admitted.notNegative("rate", rate);
  }

  /** The spot of an underlying; refuses one that is not quoted. */
  public Spot require(String underlying) {
    Spot spot = spots.get(underlying);
    if (spot == null) {
      throw new InvalidFigureException("spot of " + underlying, "is absent; quote it");
    }
    return spot;
  }

  /** What a unit of a collateral asset is worth: its constant price if it has one, else its spot. */
  public double assetPrice(String asset) {
    Double constant = constantPrices.get(asset);
    return constant != null ? constant : require(asset).price();
  }

  /** Seconds from now to the option's expiry, below zero once expired. */
  public long secondsTo(EuropeanOption option) {
    return Duration.between(time, option.expiresAt()).getSeconds();
  }

  /** The forward of an underlying for a time to expiry. */
  public double forward(String underlying, long secondsToExpiry) {
    return require(underlying).price() * Elementary.exp(rate * years(secondsToExpiry));
  }

  /** An option's volatility, a year's standard deviation. */
  public double volatility(EuropeanOption option) {
    long seconds = secondsTo(option);
    double moneyness = option.strike().doubleValue() / forward(option.underlying(), seconds);
    return require(option.underlying()).volatility() * surface.ratio(seconds, moneyness);
  }

  /** Years of 365 days, zero once expired. */
  static double years(long seconds) {
    return Math.max(0.0, seconds) / SECONDS_PER_YEAR;
  }
}
