package io.ringfence.service.monitor;

import io.ringfence.margin.Fill;
import io.ringfence.margin.Instrument;
import io.ringfence.service.margin.MarginMarket;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.margin.MarginSubject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;

/**
 * How much more of an instrument an account can take on at its mark before it is short of its initial margin.
 *
 * <p>Found by halving, six digits, rounded down, so what it answers has passed the model. Of a perpetual or a future it is the most there
 * is, since its requirement rises at least evenly; of an option under standard margin there may be larger quantities that pass again.
 */
final class BuyingPower {

  private static final int DIGITS = 6;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final MarginModel model;
  private final MarginMarket market;
  private final BigDecimal most;

  /** At most {@code most} units, the bound of any one fill. */
  BuyingPower(MarginModel model, MarginMarket market, BigDecimal most) {
    this.model = model;
    this.market = market;
    this.most = most;
  }

  /** The quantity that can be added, zero or more: bought if {@code direction} is 1, sold if it is -1. */
  BigDecimal of(MarginSubject subject, Instrument instrument, BigDecimal mark, int direction) {
    BigDecimal sign = BigDecimal.valueOf(direction);
    if (!passes(subject, instrument, mark, BigDecimal.ZERO)) {
      return BigDecimal.ZERO;
    }
    BigDecimal low = BigDecimal.ZERO;
    BigDecimal high = BigDecimal.ONE.movePointLeft(DIGITS);
    while (passes(subject, instrument, mark, high.multiply(sign))) {
      low = high;
      if (high.compareTo(most) >= 0) {
        return most;
      }
      high = high.multiply(TWO).min(most);
    }
    BigDecimal resolution = high.round(new MathContext(DIGITS, RoundingMode.DOWN)).ulp();
    while (high.subtract(low).compareTo(resolution) > 0) {
      BigDecimal middle = low.add(high).divide(TWO).setScale(Math.max(resolution.scale(), 0), RoundingMode.DOWN);
      if (middle.compareTo(low) <= 0) {
        return low;
      }
      if (passes(subject, instrument, mark, middle.multiply(sign))) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean passes(MarginSubject subject, Instrument instrument, BigDecimal mark, BigDecimal quantity) {
    List<BigInteger> nothing = Collections.nCopies(subject.free().size(), BigInteger.ZERO);
    List<Fill> fills = quantity.signum() == 0 ? List.of() : List.of(new Fill(instrument, quantity, mark, BigDecimal.ZERO));
    MarginSubject then = new WhatIf(fills, nothing).applied(subject, market);
    return MarginFigures.of(then, model.requirement(then, market), market.collateral()).initialExcess().signum() >= 0;
  }
}
