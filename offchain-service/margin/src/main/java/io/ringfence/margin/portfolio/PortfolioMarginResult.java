package io.ringfence.margin.portfolio;

import io.ringfence.margin.LeafRequirement;
import java.math.BigDecimal;
import java.util.List;

/**
 * The margins of a portfolio and how they came about. Amounts in settlement asset. A margin is what is left: zero or more passes.
 *
 * @param initial the initial margin IM, buffer included
 * @param maintenance the maintenance margin MM
 * @param markToMarket what the portfolio is worth, before haircuts
 * @param value the parts of that
 * @param outcomes the profit or loss of every scenario as the initial margin takes it, in the grid's order
 * @param basis the basis contingency
 * @param worst which of those is worst
 * @param maintenanceWorst which is worst as the maintenance margin takes it: it may count more of the collateral, and then moves more
 * @param initialFactor the part of the worst loss that IM covers, peg loss included
 * @param maintenanceFactor the part that MM covers
 * @param contingencies the charges
 * @param buffer the anti-procyclical buffer that was applied
 * @param risk what the buffer's factor is taken of, zero or more: the worst loss that IM covers and the contingencies of positions
 * @param bufferAmount what of IM the buffer's factor has taken, zero or more
 */
public record PortfolioMarginResult(
    double initial,
    double maintenance,
    double markToMarket,
    Value value,
    List<WorstCase.ScenarioOutcome> outcomes,
    WorstCase.BasisContingency basis,
    WorstCase worst,
    WorstCase maintenanceWorst,
    double initialFactor,
    double maintenanceFactor,
    Contingencies contingencies,
    ProcyclicalityBuffer buffer,
    double risk,
    double bufferAmount) {

  /**
   * What a portfolio is worth, by part.
   *
   * @param cash settlement asset
   * @param perpetual unrealised profit and funding
   * @param futures the futures' unrealised profits, nearest first
   * @param expiries the options' mark values, nearest first
   * @param collateral before haircuts
   */
  public record Value(double cash, double perpetual, List<ExpiryValue> futures, List<ExpiryValue> expiries, double collateral) {}

  /** What is held of one expiry is worth this: its future, or all its options. */
  public record ExpiryValue(long secondsToExpiry, double value) {}

  /**
   * The initial requirement as the leaf carries it, {@code max(0, ceil(V0 + due - IM))}.
   *
   * @param valueAndDue V0 + due: collateral at the root's prices and what settlement still moves; the margin was computed with
   *     {@code cash = settlement balance + due}
   * @param settlementDecimals decimals of the settlement asset
   * @throws io.ringfence.margin.LeafOverflowException if it needs more than 96 bits
   */
  public LeafRequirement leafInitial(BigDecimal valueAndDue, int settlementDecimals) {
    return LeafRequirement.of(valueAndDue.subtract(new BigDecimal(initial)), settlementDecimals);
  }

  /** The maintenance requirement as the leaf carries it, likewise. */
  public LeafRequirement leafMaintenance(BigDecimal valueAndDue, int settlementDecimals) {
    return LeafRequirement.of(valueAndDue.subtract(new BigDecimal(maintenance)), settlementDecimals);
  }
}
