package io.ringfence.margin.portfolio;

import io.ringfence.margin.InvalidFigureException;
import java.util.List;
import java.util.Objects;

/**
 * The margin of a portfolio from the greatest loss over a grid of scenarios, after the published formulas of a live options venue (PM2).
 *
 * <ul>
 *   <li>MtM = cash + perpetual's profit and funding + futures' profits + sum of quantity x option value + sum of collateral;
 *   <li>worst = the least of every scenario's profit ({@link PortfolioScan}) and of the basis contingency;
 *   <li>MM = MtM + worst x maintenance factor - maintenance contingencies;
 *   <li>IM = MtM + worst x (initial factor + peg loss) - maintenance - initial contingencies - (buffer - 1) x risk;
 *   <li>risk = maintenance and initial contingencies of positions - worst x (initial factor + peg loss): what positions may lose, without
 *       what collateral does not count for.
 * </ul>
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
    Contingencies contingencies = Contingencies.of(parameters, portfolio, market, expiries);
    List<WorstCase.ScenarioOutcome> outcomes = scan.outcomes();
    WorstCase.BasisContingency basis = scan.basis();
    WorstCase worst = WorstCase.of(outcomes, basis);
    PortfolioMarginResult.Value value = value(portfolio, market, expiries);
    double markToMarket = markToMarket(value);
    double initialFactor = parameters.loss().initialAt(market.stablePrice());
    double maintenanceFactor = parameters.loss().maintenance();
    double maintenance = markToMarket + worst.profit() * maintenanceFactor - contingencies.maintenance();
    double unbuffered =
        markToMarket + worst.profit() * initialFactor - contingencies.maintenance() - contingencies.initial();
    double risk = contingencies.positions().maintenance() + contingencies.positions().initial() - worst.profit() * initialFactor;
    double buffered = (parameters.buffer().factor() - 1.0) * risk;
    return new PortfolioMarginResult(
        Admission.result("the initial margin", unbuffered - buffered),
        Admission.result("the maintenance margin", maintenance),
        markToMarket,
        value,
        outcomes,
        basis,
        worst,
        initialFactor,
        maintenanceFactor,
        contingencies,
        parameters.buffer(),
        risk,
        buffered);
  }

  private static PortfolioMarginResult.Value value(Portfolio portfolio, PortfolioMarket market, List<ExpiryBook> expiries) {
    double collateral = 0.0;
    for (CollateralHolding holding : portfolio.collateral()) {
      collateral = collateral + holding.value(market.stablePrice());
    }
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

  /** Cash, perpetual, futures nearest first, options by expiry nearest first, collateral: added from the left. */
  private static double markToMarket(PortfolioMarginResult.Value value) {
    double sum = value.cash() + value.perpetual();
    for (PortfolioMarginResult.ExpiryValue future : value.futures()) {
      sum = sum + future.value();
    }
    for (PortfolioMarginResult.ExpiryValue expiry : value.expiries()) {
      sum = sum + expiry.value();
    }
    return sum + value.collateral();
  }
}
