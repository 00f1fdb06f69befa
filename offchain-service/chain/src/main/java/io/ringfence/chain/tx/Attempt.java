package io.ringfence.chain.tx;

import io.ringfence.chain.rpc.Fees;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.time.Instant;

/**
 * One signed transaction for an intent. All attempts at an intent share its nonce, so at most one is ever mined.
 *
 * @param txHash its hash
 * @param signed the bytes to broadcast
 * @param fees what it offers
 * @param createdAt wall-clock time of signing
 */
public record Attempt(Bytes32 txHash, Data signed, Fees fees, Instant createdAt) {}
