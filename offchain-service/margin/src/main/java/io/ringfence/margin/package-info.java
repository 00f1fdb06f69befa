/**
 * What a portfolio must be covered by, and what it has made: the numbers a leaf carries.
 *
 * <p>{@link io.ringfence.margin.StandardMargin} turns positions and a {@link io.ringfence.margin.MarketSnapshot} into the initial and
 * maintenance requirement; {@link io.ringfence.margin.Book} accumulates fills into the cumulative net result N. Both are exact decimal
 * arithmetic: products and sums of {@link java.math.BigDecimal} without a {@link java.math.MathContext} and without a division, so that
 * every machine computes the same digits. The only rounding is the last step into settlement base units, requirements up
 * ({@link io.ringfence.margin.LeafRequirement}) and results down ({@link io.ringfence.margin.NetResult}).
 *
 * <p>Amounts are in whole units of the venue's settlement asset (1.5 means one and a half), quantities in units of the underlying, unless
 * a name says base units. All types are immutable and safe to share between threads; the builder of a snapshot is not.
 */
package io.ringfence.margin;
