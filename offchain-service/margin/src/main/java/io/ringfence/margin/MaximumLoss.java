package io.ringfence.margin;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The most that the options of one expiry can cost their holder.
 *
 * <p>Up to a top price the payoff at expiry is straight between strikes, so its worst value is at zero or at a strike. Above the top, calls
 * that are short net lose without bound; each is charged a rate of the forward instead. The top is the highest short strike, or the strike
 * of any long call above it: a long call far above would otherwise make the scan reach losses that the rate stands for when the call is not
 * held, and so raise the requirement. Whichever top costs least is taken, which is the same as leaving aside long calls that do not help.
 */
final class MaximumLoss {

  /**
   * The cost with one top.
   *
   * @param payoffLoss the worst payoff at or below the top, as a loss, zero or more
   * @param unpairedNotional calls short net times the forward
   */
  private record Candidate(BigDecimal payoffLoss, BigDecimal unpairedNotional) {}

  private final List<Candidate> candidates;

  private MaximumLoss(List<Candidate> candidates) {
    this.candidates = candidates;
  }

  /** Walks the payoff from a price of zero upwards: at each strike its slope grows by the quantity there, calls and puts alike. */
  static MaximumLoss of(List<EuropeanOption> options, Map<Instrument, BigDecimal> quantities, BigDecimal forward) {
    List<Candidate> candidates = new ArrayList<>();
    BigDecimal highestShort = highestShortStrike(options, quantities);
    BigDecimal price = BigDecimal.ZERO;
    BigDecimal payoff = BigDecimal.ZERO;
    BigDecimal slope = BigDecimal.ZERO;
    for (EuropeanOption option : options) {
      payoff = payoff.add(quantities.get(option).multiply(option.payoffAt(BigDecimal.ZERO)));
      slope = option.right() == EuropeanOption.Right.PUT ? slope.subtract(quantities.get(option)) : slope;
    }
    BigDecimal worst = payoff.min(BigDecimal.ZERO);
    BigDecimal netCalls = BigDecimal.ZERO;
    List<EuropeanOption> ascending = options.stream().sorted(Comparator.comparing(EuropeanOption::strike)).toList();
    for (int i = 0; i < ascending.size(); i++) {
      EuropeanOption option = ascending.get(i);
      BigDecimal quantity = quantities.get(option);
      payoff = payoff.add(slope.multiply(option.strike().subtract(price)));
      worst = worst.min(payoff);
      price = option.strike();
      slope = slope.add(quantity);
      netCalls = option.right() == EuropeanOption.Right.CALL ? netCalls.add(quantity) : netCalls;
      boolean lastAtStrike = i + 1 == ascending.size() || ascending.get(i + 1).strike().compareTo(price) > 0;
      if (lastAtStrike && price.compareTo(highestShort) >= 0) {
        candidates.add(new Candidate(worst.negate(), netCalls.min(BigDecimal.ZERO).negate().multiply(forward)));
      }
    }
    return new MaximumLoss(candidates);
  }

  /** The maximum loss with {@code unpairedRate} of the forward charged for each call short net; settlement asset, zero or more. */
  BigDecimal at(BigDecimal unpairedRate) {
    return candidates.stream()
        .map(candidate -> candidate.payoffLoss().add(candidate.unpairedNotional().multiply(unpairedRate)))
        .min(BigDecimal::compareTo)
        .orElse(BigDecimal.ZERO);
  }

  private static BigDecimal highestShortStrike(List<EuropeanOption> options, Map<Instrument, BigDecimal> quantities) {
    return options.stream()
        .filter(option -> quantities.get(option).signum() < 0)
        .map(EuropeanOption::strike)
        .max(BigDecimal::compareTo)
        .orElse(BigDecimal.ZERO);
  }
}
