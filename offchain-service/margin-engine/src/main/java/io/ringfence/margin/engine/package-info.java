/**
 * The portfolio margin of every account of a venue, again at each tick: the bits of {@link io.ringfence.margin.portfolio.PortfolioMargin},
 * computed for many accounts at once.
 *
 * <p>Data flows one way. {@link io.ringfence.margin.engine.Instruments} names what is listed; a {@code ScenarioTable} holds the value of
 * every option in every scenario at the latest {@link io.ringfence.margin.engine.UnderlyingMarket}; {@code UnderlyingBooks} holds what the
 * accounts have; a {@code ScenarioKernel} adds quantity times value and finds the worst scenario; {@code PortfolioEvaluator} makes the two
 * margins of it. {@link io.ringfence.margin.engine.MarginEngine} is the door.
 *
 * <p>An account's underlyings are scanned each by itself, with the cash, perpetual, futures and collateral that were assigned to it, and
 * the margins are added in the order of the underlyings' names: a profit in one does not offset a loss in another.
 *
 * <p>Whether vectors are used, and by how many threads, never shows in a result: each column and each account is computed by the same
 * operations in the same order.
 */
package io.ringfence.margin.engine;
