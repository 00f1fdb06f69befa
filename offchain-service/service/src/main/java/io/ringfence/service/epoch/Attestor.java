package io.ringfence.service.epoch;

import io.ringfence.chain.type.Address;
import io.ringfence.reserves.CloseOutReport;
import io.ringfence.reserves.Signature;
import io.ringfence.service.margin.MarketQuotes;

/**
 * Somebody who is not the venue and signs only what it has computed itself. In this process today, a process of its own later: it is given
 * claims, never results to trust.
 */
public interface Attestor {

  /** Its key's address. */
  Address address();

  /**
   * Derives the root from the ledger and signs the header if it comes to the same.
   *
   * @throws AttestationRefusedException saying what differs
   */
  Signature attest(io.ringfence.reserves.EpochHeader header, MarketQuotes market);

  /**
   * Derives the final net result from the ledger and signs the report if it comes to the same.
   *
   * @param fills the canonical JSON that the report's evidence commits to
   * @throws AttestationRefusedException saying what differs
   */
  Signature attest(CloseOutReport report, String fills);
}
