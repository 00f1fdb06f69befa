/**
 * The ledger: double entry, append-only, one journal entry per on-chain event, balanced to zero per asset. A balance is always the sum of
 * its postings; nothing keeps a copy of one.
 */
package io.ringfence.service.ledger;
