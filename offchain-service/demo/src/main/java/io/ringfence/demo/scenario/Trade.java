package io.ringfence.demo.scenario;

import java.math.BigDecimal;

/**
 * A matched trade at the step's mark: what one side gains the other loses.
 *
 * @param id unique
 * @param step when
 * @param buyer client
 * @param seller client
 * @param instrument canonical name
 * @param quantity coins, or options on one coin; positive
 */
public record Trade(String id, int step, String buyer, String seller, String instrument, BigDecimal quantity) {

  public Trade {
    if (quantity.signum() <= 0 || buyer.equals(seller)) {
      throw new IllegalArgumentException("trade " + id + ": not a positive quantity between two parties");
    }
  }
}
