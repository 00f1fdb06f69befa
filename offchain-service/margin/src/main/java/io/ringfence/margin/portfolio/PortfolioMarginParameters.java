package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Every figure of the portfolio margin. Rates are fractions (0.15 is 15%).
 *
 * <p>The canonical form ({@link #canonicalBytes()}) identifies the parameters; its Keccak-256 hash is a root's {@code modelHash}. Two
 * grids in that form are resources of this package, {@code portfolio-default.json} and {@code portfolio-deribit-like.json}
 * ({@link PortfolioGrids}). The form has this record's shape; numbers are strings, because they are decimals.
 *
 * @param model {@link #MODEL}; names the formulas that the figures belong to
 * @param version which edition of the figures it is: 1 to 32 letters, digits, dots and hyphens; whoever changes a figure changes it too
 * @param scenarios the grid, at least one; kept in their own order, so that the order given does not matter
 * @param volatility how far volatilities move
 * @param skew how far the smile's shape moves
 * @param discount how an expiry's shocked value is discounted
 * @param basis the contingency for a move of forwards against spot
 * @param loss the part of the worst loss that each margin covers
 * @param contingency charges on positions, whatever their direction
 * @param confidence charges where a price is uncertain
 * @param settlementWindowSeconds how long before expiry the settlement average begins, from when a part of the forward is fixed
 * @param buffer the anti-procyclical buffer
 * @param collateral what each asset counts for
 */
public record PortfolioMarginParameters(
    String model,
    String version,
    List<Scenario> scenarios,
    VolatilityRange volatility,
    SkewRange skew,
    ShockedDiscount discount,
    BasisRule basis,
    LossFactors loss,
    PositionRates contingency,
    ConfidenceRule confidence,
    double settlementWindowSeconds,
    ProcyclicalityBuffer buffer,
    CollateralSchedule collateral) {

  /** The formulas of {@link PortfolioMargin}. A change of any formula changes this name, and with it every model hash. */
  public static final String MODEL = "ringfence-portfolio-2";

  private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9.-]{1,32}");

  /** The most scenarios that are accepted. */
  public static final int MOST_SCENARIOS = 1000;

  /** Refuses what is absent or contradicts itself. */
  public PortfolioMarginParameters {
    if (!MODEL.equals(model)) {
      throw new InvalidFigureException("model", "is \"" + model + "\"; this library computes " + MODEL);
    }
    if (!VERSION.matcher(Admission.present("version", version)).matches()) {
      throw new InvalidFigureException("version", "is not 1 to 32 letters, digits, dots and hyphens");
    }
    Admission.present("scenarios", scenarios);
    if (scenarios.isEmpty() || scenarios.size() > MOST_SCENARIOS) {
      throw new InvalidFigureException("scenarios", "are " + scenarios.size() + "; give 1 to " + MOST_SCENARIOS);
    }
    scenarios = scenarios.stream().sorted().toList();
    if (new HashSet<>(scenarios).size() < scenarios.size()) {
      throw new InvalidFigureException("scenarios", "contain one twice; leave out the repetition");
    }
    Admission.present("volatility", volatility);
    Admission.present("skew", skew);
    Admission.present("discount", discount);
    Admission.present("basis", basis);
    Admission.present("loss", loss);
    Admission.present("contingency", contingency);
    Admission.present("confidence", confidence);
    settlementWindowSeconds = Admission.positive("settlementWindowSeconds", settlementWindowSeconds);
    Admission.present("buffer", buffer);
    Admission.present("collateral", collateral);
  }

  /** The same figures with another buffer. */
  public PortfolioMarginParameters withBuffer(ProcyclicalityBuffer other) {
    return new PortfolioMarginParameters(model, version, scenarios, volatility, skew, discount, basis, loss, contingency, confidence,
        settlementWindowSeconds, other, collateral);
  }

  /** The same figures with another grid. */
  public PortfolioMarginParameters withScenarios(List<Scenario> others) {
    return new PortfolioMarginParameters(model, version, others, volatility, skew, discount, basis, loss, contingency, confidence,
        settlementWindowSeconds, buffer, collateral);
  }

  /** The same figures with another collateral schedule. */
  public PortfolioMarginParameters withCollateral(CollateralSchedule other) {
    return new PortfolioMarginParameters(model, version, scenarios, volatility, skew, discount, basis, loss, contingency, confidence,
        settlementWindowSeconds, buffer, other);
  }

  /**
   * The parameters as canonical JSON in UTF-8 (RFC 8785), numbers as the shortest plain decimal strings that read back to the same double.
   * Equal parameters have equal bytes.
   */
  public byte[] canonicalBytes() {
    return PortfolioCanonicalForm.of(this).write().getBytes(StandardCharsets.UTF_8);
  }
}
