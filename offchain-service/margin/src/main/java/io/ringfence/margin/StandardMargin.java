package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The requirement of a portfolio by the common exchange rules, position by position, with credit for spreads inside one expiry.
 *
 * <p>Per unit, with S the spot, K the strike, OTM how far the option is out of the money, b the buffer (initial requirement only):
 * <ul>
 *   <li>short call: IM = b max(initial S - OTM, initialFloor S) + mark; MM = maintenanceCall S + mark;
 *   <li>short put: MM = max(maintenancePut S, maintenancePutMark x mark) + mark; IM = max(the call's expression, MM);
 *   <li>long option: zero, and no credit beyond the premium paid;
 *   <li>all options of one expiry: the smaller of that sum and the maximum loss ({@link ExpiryRequirement});
 *   <li>perpetual, future: |quantity| x price in slices by notional, each at its tier's rates ({@link LinearRequirement}), IM times b.
 * </ul>
 *
 * <p>The portfolio margin value is defined as {@code M = V0 + due - requirement}, so that the leaf carries the requirement itself
 * ({@link LeafRequirement}). Everything is exact: no division, no {@link java.math.MathContext}, no rounding before the leaf.
 */
public final class StandardMargin {

  private record Tenor(String underlying, LocalDate expiry) implements Comparable<Tenor> {
    @Override
    public int compareTo(Tenor other) {
      int byUnderlying = underlying.compareTo(other.underlying);
      return byUnderlying != 0 ? byUnderlying : expiry.compareTo(other.expiry);
    }
  }

  private final StandardMarginParameters parameters;

  /** A calculator with these parameters; it has no other state. */
  public StandardMargin(StandardMarginParameters parameters) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
  }

  /** The parameters it computes with. */
  public StandardMarginParameters parameters() {
    return parameters;
  }

  /**
   * The requirement of the positions of one account. Several positions in one instrument count as their sum; their order does not matter;
   * no positions require zero.
   *
   * @throws MissingMarkException if a price that a position needs is not in the snapshot
   * @throws ExpiredInstrumentException if an instrument with an open position has expired at the snapshot's time
   * @throws InvalidFigureException if the sum of quantities is out of range
   */
  public MarginResult compute(Collection<Position> positions, MarketSnapshot market) {
    List<LinearRequirement> linear = new ArrayList<>();
    Map<Tenor, List<EuropeanOption>> optionsByTenor = new TreeMap<>();
    Map<Instrument, BigDecimal> quantities = netted(positions);
    quantities.forEach((instrument, quantity) -> {
      market.requireLive(instrument);
      switch (instrument) {
        case Linear future -> linear.add(LinearRequirement.of(future, quantity, market.requireMark(future), parameters));
        case EuropeanOption option ->
            optionsByTenor.computeIfAbsent(new Tenor(option.underlying(), option.expiry()), tenor -> new ArrayList<>()).add(option);
      }
    });
    List<ExpiryRequirement> expiries = new ArrayList<>();
    optionsByTenor.forEach((tenor, options) ->
        expiries.add(ExpiryRequirement.of(tenor.underlying(), tenor.expiry(), options, quantities, market, parameters)));
    return MarginResult.of(expiries, linear, parameters.buffer().factor());
  }

  private static Map<Instrument, BigDecimal> netted(Collection<Position> positions) {
    Map<Instrument, BigDecimal> quantities = new TreeMap<>();
    positions.forEach(position -> quantities.merge(position.instrument(), position.quantity(), BigDecimal::add));
    quantities.values().removeIf(quantity -> quantity.signum() == 0);
    quantities.replaceAll((instrument, quantity) -> Figures.any("total quantity of " + instrument.name(), quantity));
    return quantities;
  }
}
