package io.ringfence.demo.scenario;

/** What owns a segregated account. */
public enum OwnerKind {
  /** A key. */
  KEY,
  /** A contract wallet (ERC-1271). */
  CONTRACT_WALLET
}
