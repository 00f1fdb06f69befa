package io.ringfence.service.monitor;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.service.margin.MarginSubject;
import io.ringfence.service.margin.StaleQuote;
import java.math.BigInteger;
import java.util.List;

/**
 * A pledged account at this moment.
 *
 * @param index its leaf index
 * @param net its cumulative net result less what roots have cut, settlement units
 * @param settled what settlement has moved to it, signed
 * @param subject what its requirement is computed from
 * @param stale why its margin is stale; empty if it is not
 */
record LiveAccount(
    Address account,
    long index,
    AccountStatus status,
    BigInteger net,
    BigInteger settled,
    MarginSubject subject,
    List<StaleQuote> stale) {

  /** Copies the list. */
  LiveAccount {
    stale = List.copyOf(stale);
  }
}
