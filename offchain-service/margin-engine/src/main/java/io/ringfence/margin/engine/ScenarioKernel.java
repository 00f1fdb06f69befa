package io.ringfence.margin.engine;

/**
 * The scan of one account over all scenarios. For each column: the linear notional times the move; for each expiry, nearest first, the
 * discounted sum of quantity times value less the mark value (for a skew minus its absolute value); the exposure of risk-cancelling
 * collateral times the move; all added from the left, then damped. Products and sums round one by one.
 */
interface ScenarioKernel {

  /** Columns that it computes at once; the layout of the table pads to it. */
  int lanes();

  /**
   * Computes the totals of every column without collateral, into the scratch.
   *
   * @param linearNotional of the perpetual, then the futures, added: what a move of one earns
   * @param scratch with the marks of the account's expiries
   */
  void scan(ScenarioTable table, PackedLists positions, int account, double linearNotional, Scratch scratch);

  /**
   * The least of the basis contingency and every scenario's profit with collateral on top of the totals, which stay; NaN if a scenario's
   * profit is not finite.
   *
   * @param basis finite, zero or less
   * @param exposure of risk-cancelling collateral
   */
  double worst(ColumnLayout layout, double basis, double exposure, Scratch scratch);
}
