package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;

/**
 * An event that is in the journal.
 *
 * @param id its entry
 * @param event what happened
 * @param blockTime chain seconds
 */
record JournalEntry(long id, ChainEvent event, long blockTime) {}
