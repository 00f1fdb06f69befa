package io.ringfence.service.ledger;

import io.ringfence.chain.type.Address;

/** Names of ledger accounts and of the settled counters' assets. Tokens are assets under their own addresses. */
public final class LedgerAccounts {
  /** Everybody whom the ledger does not follow. */
  public static final String EXTERNAL = "external";

  private LedgerAccounts() {}

  /** Tokens that a segregated account holds. */
  public static String account(Address account) {
    return "account:" + account.hex();
  }

  /** Tokens in a venue's settlement pool. */
  public static String pool(long venue) {
    return "pool:" + venue;
  }

  /** Tokens at a venue's fund that no tranche counts. */
  public static String fund(long venue) {
    return "fund:" + venue;
  }

  /** What a tranche counts; 1: the venue's own, 2: the members', 3: what closed series left to their holders. */
  public static String tranche(long venue, int tranche) {
    return "tranche:" + venue + ":" + tranche;
  }

  /** The asset of a venue's settled counters, settlement units. */
  public static String settledAsset(long venue) {
    return "settled:" + venue;
  }

  /** One account's settled counter. */
  public static String settled(Address account) {
    return "settled:" + account.hex();
  }

  /** The other side of a venue's settled counters. */
  public static String settledTotal(long venue) {
    return "settled-total:" + venue;
  }

  /** The asset of what a venue's pool holds in kind, by value, settlement units. */
  public static String inKindAsset(long venue) {
    return "in-kind:" + venue;
  }

  /** The value of one token that a venue's pool holds in kind. */
  public static String inKind(long venue, Address token) {
    return "in-kind:" + venue + ":" + token.hex();
  }

  /** The other side of the value that a venue's pool holds in kind. */
  public static String inKindTotal(long venue) {
    return "in-kind-total:" + venue;
  }
}
