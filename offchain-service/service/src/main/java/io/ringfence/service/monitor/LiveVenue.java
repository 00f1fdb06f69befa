package io.ringfence.service.monitor;

import io.ringfence.chain.type.Address;
import io.ringfence.service.margin.MarginMarket;
import java.util.List;
import java.util.Optional;

/**
 * The venue's pledged accounts and the prices of one moment.
 *
 * @param block the ledger's newest block, whose time is the moment
 * @param market the newest quotes, and the chain's live prices of collateral
 * @param accounts by leaf index
 */
record LiveVenue(long block, MarginMarket market, List<LiveAccount> accounts) {

  /** Copies the list. */
  LiveVenue {
    accounts = List.copyOf(accounts);
  }

  Optional<LiveAccount> find(Address account) {
    return accounts.stream().filter(live -> live.account().equals(account)).findFirst();
  }
}
