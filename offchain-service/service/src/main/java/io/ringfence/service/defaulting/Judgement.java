package io.ringfence.service.defaulting;

import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.reserves.Leaf;
import java.math.BigInteger;
import java.util.List;

/**
 * One account under the newest root, as the chain would judge it now. Settlement units.
 *
 * @param leaf its leaf
 * @param settled what settlement has moved to it, signed
 * @param free smallest units of each accepted asset, pending withdrawals taken off
 * @param settlementBalance all it holds of the settlement asset, pending withdrawals included
 * @param atRoot V at the root's prices
 * @param live V at live prices
 */
public record Judgement(
    Address account,
    AccountStatus status,
    Leaf leaf,
    BigInteger settled,
    List<BigInteger> free,
    BigInteger settlementBalance,
    BigInteger atRoot,
    BigInteger live) {

  /** Copies the amounts. */
  public Judgement {
    free = List.copyOf(free);
  }

  /** What it owes beyond what it has settled. */
  public BigInteger owed() {
    return settled.subtract(leaf.net()).max(BigInteger.ZERO);
  }

  /** What it is owed beyond what it was paid. */
  public BigInteger owing() {
    return leaf.net().subtract(settled).max(BigInteger.ZERO);
  }

  /** Whether root and live prices both show it short of its initial margin. */
  public boolean shortOfInitial() {
    return isShort(leaf.initialMargin());
  }

  /** Whether both show it short of its maintenance margin. */
  public boolean shortOfMaintenance() {
    return isShort(leaf.maintenanceMargin());
  }

  private boolean isShort(BigInteger requirement) {
    return atRoot.max(live).add(owing()).compareTo(requirement.add(owed())) < 0;
  }
}
