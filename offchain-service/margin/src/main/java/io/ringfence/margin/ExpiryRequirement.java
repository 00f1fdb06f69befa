package io.ringfence.margin;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * The requirement of all options on one underlying with one expiry: the smaller of two sums.
 *
 * @param underlying the underlying
 * @param expiry the expiry date
 * @param initialUnbuffered initial requirement before the buffer
 * @param initial initial requirement
 * @param maintenance maintenance requirement
 */
public record ExpiryRequirement(String underlying, LocalDate expiry, Choice initialUnbuffered, Choice initial, Choice maintenance) {

  /** Which of the two sums is the requirement. */
  public enum Binding { ISOLATED, MAXIMUM_LOSS }

  /**
   * Two sums, of which the smaller binds (the isolated one if they are equal). Settlement asset, zero or more.
   *
   * @param isolated the sum of the short options' own requirements
   * @param maximumLoss the most the expiry can cost, with net-short calls charged at a rate of the forward
   */
  public record Choice(BigDecimal isolated, BigDecimal maximumLoss) {

    /** The requirement. */
    public BigDecimal required() {
      return isolated.min(maximumLoss);
    }

    /** Which sum it is. */
    public Binding binding() {
      return isolated.compareTo(maximumLoss) <= 0 ? Binding.ISOLATED : Binding.MAXIMUM_LOSS;
    }
  }

  static ExpiryRequirement of(
      String underlying,
      LocalDate expiry,
      List<EuropeanOption> options,
      Map<Instrument, BigDecimal> quantities,
      MarketSnapshot market,
      StandardMarginParameters parameters) {
    BigDecimal spot = market.requireSpot(options.getFirst());
    MaximumLoss maximumLoss = MaximumLoss.of(options, quantities, market.requireForward(options.getFirst()));
    Isolated sums = new Isolated(spot, parameters.option(), parameters.buffer().factor());
    for (EuropeanOption option : options) {
      BigDecimal quantity = quantities.get(option);
      if (quantity.signum() < 0) {
        sums.add(option, quantity.negate(), market.requireMark(option));
      }
    }
    StandardMarginParameters.OptionRates rates = parameters.option();
    BigDecimal bufferedUnpaired = rates.unpairedInitial().multiply(parameters.buffer().factor());
    return new ExpiryRequirement(
        underlying,
        expiry,
        new Choice(sums.initialUnbuffered, maximumLoss.at(rates.unpairedInitial())),
        new Choice(sums.initial, maximumLoss.at(bufferedUnpaired)),
        new Choice(sums.maintenance, maximumLoss.at(rates.unpairedMaintenance())));
  }

  /** Adds up what each short option requires alone. */
  private static final class Isolated {

    private final BigDecimal spot;
    private final StandardMarginParameters.OptionRates rates;
    private final BigDecimal buffer;
    private BigDecimal initialUnbuffered = BigDecimal.ZERO;
    private BigDecimal initial = BigDecimal.ZERO;
    private BigDecimal maintenance = BigDecimal.ZERO;

    private Isolated(BigDecimal spot, StandardMarginParameters.OptionRates rates, BigDecimal buffer) {
      this.spot = spot;
      this.rates = rates;
      this.buffer = buffer;
    }

    private void add(EuropeanOption option, BigDecimal sold, BigDecimal mark) {
      BigDecimal maintenanceRisk = switch (option.right()) {
        case CALL -> rates.maintenanceCall().multiply(spot);
        case PUT -> rates.maintenancePut().multiply(spot).max(rates.maintenancePutMark().multiply(mark));
      };
      BigDecimal initialRisk =
          rates.initial().multiply(spot).subtract(option.outOfTheMoney(spot)).max(rates.initialFloor().multiply(spot));
      initialUnbuffered = initialUnbuffered.add(sold.multiply(initialRisk.max(maintenanceRisk).add(mark)));
      initial = initial.add(sold.multiply(buffer.multiply(initialRisk).max(maintenanceRisk).add(mark)));
      maintenance = maintenance.add(sold.multiply(maintenanceRisk.add(mark)));
    }
  }
}
