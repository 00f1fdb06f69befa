/**
 * Portfolio margin: the greatest loss over a grid of moves of spot and volatility, and the charges on top.
 *
 * <p>{@link io.ringfence.margin.portfolio.PortfolioMargin} computes it from a {@link io.ringfence.margin.portfolio.Portfolio}, a
 * {@link io.ringfence.margin.portfolio.PortfolioMarket} and {@link io.ringfence.margin.portfolio.PortfolioMarginParameters}, in which every
 * figure is. Data flows one way: {@link io.ringfence.margin.portfolio.OptionRevaluation} values an option in every scenario, knowing no
 * account; {@link io.ringfence.margin.portfolio.ExpiryBook} sums an account's options by expiry and has its futures beside them;
 * {@link io.ringfence.margin.portfolio.PortfolioScan} discounts, adds and damps.
 *
 * <p>The model is {@code double}, because option values are; they become money only in
 * {@link io.ringfence.margin.portfolio.PortfolioMarginResult#leafInitial}, rounded up. All operations have bits that are fixed, and the
 * order of every sum is written down with it. {@code java.base} only: no reflection, no threads, no I/O.
 */
package io.ringfence.margin.portfolio;
