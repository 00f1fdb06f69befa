package io.ringfence.chain.encode;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Data;

/**
 * A call that changes state, ready to be sent.
 *
 * @param to the contract
 * @param data calldata
 */
public record Call(Address to, Data data) {}
