package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * The margin of a portfolio from the greatest loss over a grid of scenarios, after the published formulas of a live options venue (PM2).
 *
 * <ul>
 *   <li>MtM = cash + perpetual's profit and funding + futures' profits + sum of quantity x option value + sum of collateral;
 *   <li>worst = the least of every scenario's profit ({@link PortfolioScan}) and of the basis contingency, for each margin with what it
 *       counts of risk-cancelling collateral;
 *   <li>MM = MtM + worst x maintenance factor - maintenance contingencies;
 *   <li>IM = MtM + worst x (initial factor + peg loss) - maintenance - initial contingencies - (buffer - 1) x risk;
 *   <li>risk = maintenance and initial contingencies of positions - worst x (initial factor + peg loss): what positions may lose, without
 *       what collateral does not count for.
 * </ul>
 *
 * <p>A margin adds up what each holding of collateral counts for ({@link CountedCollateral}) rather than its value less its cuts from the
 * sums: what counts for nothing then leaves not even a rounding.
 *
 * <p>Options are revalued by {@link OptionRevaluation}, which knows no account; {@link ExpiryBook} and {@link PortfolioScan} add up, in an
 * order that is part of the model. Every operation is one whose bits are fixed, so every machine computes the same result.
 */
public final class PortfolioMargin {

  private final PortfolioMarginParameters parameters;

  /** A calculator with these parameters; it has no other state. */
  public PortfolioMargin(PortfolioMarginParameters parameters) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
  }

  /** The parameters it computes with. */
  public PortfolioMarginParameters parameters() {
    return parameters;
  }

  /**
   * The margins of one portfolio.
   *
   * @throws InvalidFigureException if a position is not quoted, or figures are so large that a result is not finite
   */
  public PortfolioMarginResult compute(Portfolio portfolio, PortfolioMarket market) {
    if (portfolio.perpetual().quantity() != 0.0 && market.perpetualPrice() == 0.0) {
      throw new InvalidFigureException("price of the perpetual", "is zero, but it is held; quote it");
    }
    List<ExpiryBook> expiries = ExpiryBook.of(parameters, portfolio, market);
    PortfolioScan scan = new PortfolioScan(parameters, portfolio, market, expiries);
    List<CountedCollateral> collateral = CountedCollateral.of(parameters, portfolio, market);
    Contingencies contingencies = Contingencies.of(parameters, portfolio, market, expiries, collateral);
    List<WorstCase.ScenarioOutcome> outcomes = scan.outcomes(sum(collateral, CountedCollateral::initialExposure));
    WorstCase.BasisContingency basis = scan.basis();
    WorstCase worst = WorstCase.of(outcomes, basis);
    WorstCase maintenanceWorst = WorstCase.of(scan.outcomes(sum(collateral, CountedCollateral::maintenanceExposure)), basis);
    PortfolioMarginResult.Value value = value(portfolio, expiries, sum(collateral, CountedCollateral::value));
    double uncollateralised = uncollateralised(value);
    double initialFactor = parameters.loss().initialAt(market.stablePrice());
    double maintenanceFactor = parameters.loss().maintenance();
    Contingencies.Charge positions = contingencies.positions();
    double maintenance = uncollateralised + sum(collateral, CountedCollateral::maintenance)
        + maintenanceWorst.profit() * maintenanceFactor - positions.maintenance();
    double risk = positions.maintenance() + positions.initial() - worst.profit() * initialFactor;
    double buffered = (parameters.buffer().factor() - 1.0) * risk;
    double initial = uncollateralised + sum(collateral, CountedCollateral::initial)
        + worst.profit() * initialFactor - positions.maintenance() - positions.initial() - buffered;
    return new PortfolioMarginResult(
        Admission.result("the initial margin", initial),
        Admission.result("the maintenance margin", maintenance),
        uncollateralised + value.collateral(),
        value,
        outcomes,
        basis,
        worst,
        maintenanceWorst,
        initialFactor,
        maintenanceFactor,
        contingencies,
        parameters.buffer(),
        risk,
        buffered);
  }

  /** Added one by one: a stream's own sum of doubles compensates for rounding in its own way. */
  private static double sum(List<CountedCollateral> collateral, ToDoubleFunction<CountedCollateral> part) {
    double sum = 0.0;
    for (CountedCollateral counted : collateral) {
      sum = sum + part.applyAsDouble(counted);
    }
    return sum;
  }

  private static PortfolioMarginResult.Value value(Portfolio portfolio, List<ExpiryBook> expiries, double collateral) {
    return new PortfolioMarginResult.Value(
        portfolio.cash(),
        portfolio.perpetual().unrealised() + portfolio.perpetual().funding(),
        portfolio.futures().stream()
            .map(future -> new PortfolioMarginResult.ExpiryValue(future.secondsToExpiry(), future.unrealised()))
            .toList(),
        expiries.stream()
            .filter(expiry -> !expiry.options().isEmpty())
            .map(expiry -> new PortfolioMarginResult.ExpiryValue(expiry.secondsToExpiry(), expiry.mark()))
            .toList(),
        collateral);
  }

  /** Cash, perpetual, futures nearest first, options by expiry nearest first: added from the left. */
  private static double uncollateralised(PortfolioMarginResult.Value value) {
    double sum = value.cash() + value.perpetual();
    for (PortfolioMarginResult.ExpiryValue future : value.futures()) {
      sum = sum + future.value();
    }
    for (PortfolioMarginResult.ExpiryValue expiry : value.expiries()) {
      sum = sum + expiry.value();
    }
    return sum;
  }
}
