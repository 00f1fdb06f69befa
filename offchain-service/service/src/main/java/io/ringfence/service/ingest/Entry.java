package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.type.Address;
import io.ringfence.service.ledger.PostingSet;
import java.util.Optional;

/**
 * An event on its way into the journal.
 *
 * @param event what happened
 * @param blockTime chain seconds
 * @param account the segregated account it is about, if there is one
 * @param venue the venue it is about, if there is one
 * @param postings what it moves
 */
record Entry(ChainEvent event, long blockTime, Optional<Address> account, Optional<Long> venue, PostingSet postings) {}
