package io.ringfence.chain.type;

import java.math.BigInteger;

/**
 * The facts that a venue and its attestors sign about one epoch.
 *
 * @param venue the venue's number, from 1
 * @param epoch from 1, each one more than the last
 * @param snapshotBlock the block whose checkpoint the tree was built from
 * @param snapshotHash that block's hash
 * @param previous struct hash of the header before; zero for epoch 1
 * @param accounts leaves in the tree
 * @param root hash of the root node; zero when there are no accounts
 * @param totalCredit sum of all credits, settlement units
 * @param totalDebit sum of all debits, settlement units
 * @param paramsHash commitment to policy, attestors, settlement asset, pool, fund, model and uncovered
 * @param pricesHash commitment to {@link RootPrices}
 * @param settles whether settlement may run against this root
 */
public record EpochHeader(
    long venue,
    long epoch,
    long snapshotBlock,
    Bytes32 snapshotHash,
    Bytes32 previous,
    long accounts,
    Bytes32 root,
    BigInteger totalCredit,
    BigInteger totalDebit,
    Bytes32 paramsHash,
    Bytes32 pricesHash,
    boolean settles) {}
