package io.ringfence.service.ledger;

import io.ringfence.chain.type.Address;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The addresses whose tokens the ledger follows. For use by one thread. */
public final class Holders {
  private final Map<Address, String> names = new HashMap<>();
  private final Set<Address> accounts = new HashSet<>();
  private final Map<Address, Fund> funds = new HashMap<>();
  private final Map<Address, Address> fundsBySeries = new HashMap<>();

  /**
   * A venue's default fund.
   *
   * @param venue its venue
   * @param settlementAsset what its tranches hold
   */
  public record Fund(long venue, Address settlementAsset) {}

  /** Follows a segregated account. */
  public void addAccount(Address account) {
    names.put(account, LedgerAccounts.account(account));
    accounts.add(account);
  }

  /** Follows a venue's pool and fund. */
  public void addVenue(long venue, Address settlementAsset, Address pool, Address fund) {
    names.put(pool, LedgerAccounts.pool(venue));
    names.put(fund, LedgerAccounts.fund(venue));
    funds.put(fund, new Fund(venue, settlementAsset));
  }

  /** Knows a series of a fund's member shares, whose money is the fund's. */
  public void addSeries(Address series, Address fund) {
    fundsBySeries.put(series, fund);
  }

  /** The ledger account of an address; the outside world for one that is not followed. */
  public String nameOf(Address holder) {
    return names.getOrDefault(holder, LedgerAccounts.EXTERNAL);
  }

  /** Whether the ledger follows it. */
  public boolean follows(Address holder) {
    return names.containsKey(holder);
  }

  /** Whether it is a segregated account. */
  public boolean isAccount(Address holder) {
    return accounts.contains(holder);
  }

  /** The venue and asset of a fund. */
  public Optional<Fund> fund(Address fund) {
    return Optional.ofNullable(funds.get(fund));
  }

  /** The fund that a series is of. */
  public Optional<Fund> fundOfSeries(Address series) {
    return Optional.ofNullable(fundsBySeries.get(series)).flatMap(this::fund);
  }

  /** Series of all funds. */
  public Set<Address> series() {
    return Set.copyOf(fundsBySeries.keySet());
  }

  /** Funds of all venues. */
  public Set<Address> funds() {
    return Set.copyOf(funds.keySet());
  }
}
