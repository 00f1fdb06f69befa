package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * A venue's money and index counters, settlement units.
 *
 * @param pool held by the settlement pool, as counted
 * @param gross pool + value held in kind + settled over pledged accounts + all shortfalls; base = gross - shortfalls
 * @param nextIndex the next leaf index
 * @param shortfalls all shortfalls ever recorded
 * @param lastShortfallBlock block of the newest one
 * @param lastCheckpointBlock block of the newest checkpoint
 */
public record VenueBook(
    BigInteger pool,
    BigInteger gross,
    long nextIndex,
    BigInteger shortfalls,
    long lastShortfallBlock,
    long lastCheckpointBlock) {}
