package io.ringfence.demo.scenario;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * One segregated account and its owner.
 *
 * @param name unique
 * @param owner name of the owner: several accounts may have the same
 * @param kind what the owner is
 * @param key number of the owner's key among the local chain's test accounts
 * @param number the account's number with its owner
 * @param role its part in the story
 * @param collateral what is paid in before the account exists, whole tokens by symbol
 */
public record Client(
    String name, String owner, OwnerKind kind, int key, BigInteger number, Role role, Map<String, BigDecimal> collateral) {

  public Client {
    collateral = Map.copyOf(collateral);
  }
}
