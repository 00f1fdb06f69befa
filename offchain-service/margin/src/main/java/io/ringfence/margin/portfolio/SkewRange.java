package io.ringfence.margin.portfolio;

/**
 * How far the shape of the smile moves. With {@code k = ln(K / F)}, or its absolute value for the absolute skew, and
 * {@code cap = scaleCap + capPerRoot sqrt(T)}, {@code k* = max(leastWidth, sqrt(T) width (volatility + volatilityPerRoot sqrt(T)))}, each
 * volatility is multiplied by {@code max(0, 1 + x)}: {@code x = min(cap, k cap / k*)} for k at or above zero, {@code max(-cap, k cap / k*)}
 * below.
 *
 * @param linearScaleCap the linear skew's cap at expiry
 * @param linearCapPerRoot its change with the root of the time to expiry in years
 * @param absoluteScaleCap the absolute skew's cap at expiry
 * @param absoluteCapPerRoot its change with the root of the time to expiry
 * @param leastWidth the least k*, zero or more
 * @param width standard deviations out to which the skew grows
 * @param volatility the volatility of those standard deviations at expiry
 * @param volatilityPerRoot its change with the root of the time to expiry
 */
public record SkewRange(
    double linearScaleCap,
    double linearCapPerRoot,
    double absoluteScaleCap,
    double absoluteCapPerRoot,
    double leastWidth,
    double width,
    double volatility,
    double volatilityPerRoot) {

  /** Refuses figures out of range. */
  public SkewRange {
    linearScaleCap = Admission.any("skew.linearScaleCap", linearScaleCap);
    linearCapPerRoot = Admission.any("skew.linearCapPerRoot", linearCapPerRoot);
    absoluteScaleCap = Admission.any("skew.absoluteScaleCap", absoluteScaleCap);
    absoluteCapPerRoot = Admission.any("skew.absoluteCapPerRoot", absoluteCapPerRoot);
    leastWidth = Admission.notNegative("skew.leastWidth", leastWidth);
    width = Admission.any("skew.width", width);
    volatility = Admission.any("skew.volatility", volatility);
    volatilityPerRoot = Admission.any("skew.volatilityPerRoot", volatilityPerRoot);
  }
}
