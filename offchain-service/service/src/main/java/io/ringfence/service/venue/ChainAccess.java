package io.ringfence.service.venue;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;

/**
 * The way to the chain.
 *
 * @param contracts views at the newest block
 * @param calls calldata
 */
public record ChainAccess(JsonRpc rpc, Deployment deployment, Contracts contracts, Calls calls) {

  /** Access to a deployment through a node. */
  public static ChainAccess of(JsonRpc rpc, Deployment deployment) {
    return new ChainAccess(rpc, deployment, new Contracts(rpc, deployment), new Calls(deployment));
  }

  /** The newest block: its time is the clock for every deadline. */
  public BlockRef head() {
    return rpc.block(BlockTag.LATEST).orElseThrow(() -> new IllegalStateException("the node has no newest block"));
  }
}
