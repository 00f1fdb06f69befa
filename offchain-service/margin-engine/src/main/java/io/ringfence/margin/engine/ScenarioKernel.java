package io.ringfence.margin.engine;

/**
 * The scan of one account over all scenarios. For each column: the linear notional times the move; for each expiry, nearest first, the
 * discounted sum of quantity times value less the mark value (for a skew minus its absolute value); for each risk-cancelling
 * collateral its value times the move; all added from the left, then damped. Products and sums round one by one.
 */
interface ScenarioKernel {

  /** Columns that it computes at once; the layout of the table pads to it. */
  int lanes();

  /**
   * The least of the basis contingency and every scenario's profit; NaN if a scenario's profit is not finite.
   *
   * @param linearNotional of the perpetual, then the futures, added: what a move of one earns
   * @param basis finite, zero or less
   * @param scratch with the marks of the account's expiries
   */
  double worst(
      ScenarioTable table,
      PackedLists positions,
      int account,
      double linearNotional,
      double basis,
      CollateralValuation collateral,
      Scratch scratch);
}
