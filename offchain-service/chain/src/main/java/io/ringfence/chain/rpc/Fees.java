package io.ringfence.chain.rpc;

import java.math.BigInteger;

/**
 * What a transaction offers to pay, wei per gas.
 *
 * @param maxFeePerGas at most, in all
 * @param maxPriorityFeePerGas of which to the block producer
 */
public record Fees(BigInteger maxFeePerGas, BigInteger maxPriorityFeePerGas) {}
