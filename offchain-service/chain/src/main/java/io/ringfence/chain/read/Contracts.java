package io.ringfence.chain.read;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;

/**
 * The contracts' views, all asked at one block. Readers throw {@link io.ringfence.chain.rpc.RpcException}; a view that reverts is
 * {@link CallRefusedException} with the contract's own error. Safe for use by many threads.
 */
public final class Contracts {
  private final JsonRpc rpc;
  private final Deployment deployment;
  private final BlockTag at;

  /** At the newest block. */
  public Contracts(JsonRpc rpc, Deployment deployment) {
    this(rpc, deployment, BlockTag.LATEST);
  }

  private Contracts(JsonRpc rpc, Deployment deployment, BlockTag at) {
    this.rpc = rpc;
    this.deployment = deployment;
    this.at = at;
  }

  /** The same views at another block. */
  public Contracts at(BlockTag block) {
    return new Contracts(rpc, deployment, block);
  }

  public VaultReads vault() {
    return new VaultReads(caller(deployment.vault()));
  }

  public RegistryReads registry() {
    return new RegistryReads(caller(deployment.vault()));
  }

  public LogReads log() {
    return new LogReads(caller(deployment.vault()));
  }

  public ValuerReads valuer() {
    return new ValuerReads(caller(deployment.vault()));
  }

  public DefaultReads defaults() {
    return new DefaultReads(caller(deployment.vault()));
  }

  public AuctionReads auction() {
    return new AuctionReads(caller(deployment.vault()));
  }

  /** Views of venues' pools and what they owe. */
  public PoolReads pool() {
    return new PoolReads(caller(deployment.vault()));
  }

  /** A venue's default fund. */
  public FundReads fund(Address fund) {
    return new FundReads(caller(fund));
  }

  /** A series of a fund's member shares. */
  public SeriesReads series(Address series) {
    return new SeriesReads(caller(series));
  }

  /** An ERC-20 token. */
  public TokenReads token(Address token) {
    return new TokenReads(caller(token));
  }

  /** An AggregatorV3 price feed. */
  public FeedReads feed(Address feed) {
    return new FeedReads(caller(feed));
  }

  private Caller caller(Address contract) {
    return new Caller(rpc, contract, at);
  }
}
