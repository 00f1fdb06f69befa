package io.ringfence.chain.read;

import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;

/** Asks one contract at one block. */
record Caller(JsonRpc rpc, Address contract, BlockTag at) {}
