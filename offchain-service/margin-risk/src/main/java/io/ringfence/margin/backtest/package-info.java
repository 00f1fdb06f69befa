/**
 * Would the margin have been enough? {@link io.ringfence.margin.backtest.Backtest} holds a book against windows of recorded prices: at
 * every step it margins each account, then looks one horizon ahead and compares what the account lost with what it had to hold.
 *
 * <p>Data flows one way: {@link io.ringfence.margin.backtest.PriceSeries} and
 * {@link io.ringfence.margin.backtest.VolatilityRule} make markets, the backtest makes
 * {@link io.ringfence.margin.backtest.AccountStep}s of them, {@link io.ringfence.margin.backtest.Coverage} and
 * {@link io.ringfence.margin.backtest.Procyclicality} sum those up. A price that was not recorded is never made up: the step is counted as
 * not measured.
 */
package io.ringfence.margin.backtest;
