package io.ringfence.chain.type;

/**
 * Everything that a claim about one account under one root needs.
 *
 * @param header the root's header
 * @param prices the root's prices
 * @param leaf the account's leaf
 * @param siblings bottom-up, 64 bytes each: hash 32 | credit 16 | debit 16
 */
public record AccountProof(EpochHeader header, RootPrices prices, Leaf leaf, Data siblings) {}
