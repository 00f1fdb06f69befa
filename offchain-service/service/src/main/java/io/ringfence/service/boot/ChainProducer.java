package io.ringfence.service.boot;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.read.WalletSignatures;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.service.config.RingfenceConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The way to the chain, for whoever asks: the deployment file, the node, the contracts' views. */
@Singleton
final class ChainProducer {
  @Produces
  @Singleton
  Deployment deployment(RingfenceConfig config) {
    return Deployment.read(config.deployment());
  }

  @Produces
  @Singleton
  JsonRpc rpc(Deployment deployment) {
    return new JsonRpc(deployment.rpc());
  }

  @Produces
  @Singleton
  Contracts contracts(JsonRpc rpc, Deployment deployment) {
    return new Contracts(rpc, deployment);
  }

  @Produces
  @Singleton
  WalletSignatures wallets(JsonRpc rpc) {
    return new WalletSignatures(rpc);
  }
}
