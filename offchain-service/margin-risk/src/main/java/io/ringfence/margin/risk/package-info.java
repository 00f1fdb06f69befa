/**
 * What a backtest and a stress test share: accounts of several underlyings, the market at a moment, and what an account is worth and must
 * hold in it.
 *
 * <p>{@link io.ringfence.margin.risk.OpenPositions} are an {@link io.ringfence.margin.risk.Account}'s holdings at one moment;
 * {@link io.ringfence.margin.risk.Valuation} says what they are worth in a {@link io.ringfence.margin.risk.MarketState} and a
 * {@link io.ringfence.margin.risk.MarginModel} what must be held against them. Amounts are whole units of the settlement asset, quantities
 * units of the underlying. No I/O; every result has the same bits on every machine, as those of the models below.
 */
package io.ringfence.margin.risk;
