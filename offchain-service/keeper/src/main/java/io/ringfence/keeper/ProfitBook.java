package io.ringfence.keeper;

import java.math.BigInteger;

/** What the keeper has earned so far: collateral received at the feed's price then, less payments, less gas. Settlement units. */
final class ProfitBook {

  private final BigInteger maxLoss;
  private int taken;
  private int lost;
  private BigInteger received = BigInteger.ZERO;
  private BigInteger paid = BigInteger.ZERO;
  private BigInteger gas = BigInteger.ZERO;

  ProfitBook(Limits limits) {
    this.maxLoss = limits.maxLoss();
  }

  /** A take that succeeded. */
  void took(BigInteger worth, BigInteger payment, BigInteger gasCost) {
    taken++;
    received = received.add(worth);
    paid = paid.add(payment);
    gas = gas.add(gasCost);
  }

  /** A take that the chain refused: somebody was faster. Its gas is lost. */
  void lostRace(BigInteger gasCost) {
    lost++;
    gas = gas.add(gasCost);
  }

  /** Gas for anything else: allowances, resets. */
  void spent(BigInteger gasCost) {
    gas = gas.add(gasCost);
  }

  BigInteger profit() {
    return received.subtract(paid).subtract(gas);
  }

  /** Whether the keeper has lost more than it may. */
  boolean lossLimitReached() {
    return profit().negate().compareTo(maxLoss) > 0;
  }

  int taken() {
    return taken;
  }

  int lost() {
    return lost;
  }

  /** Collateral received, at the prices it was received at: the inventory, since the keeper sells nothing itself. */
  BigInteger received() {
    return received;
  }

  BigInteger paid() {
    return paid;
  }

  BigInteger gas() {
    return gas;
  }
}
