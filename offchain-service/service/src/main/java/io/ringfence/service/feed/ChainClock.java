package io.ringfence.service.feed;

import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.ledger.LedgerHead;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The newest block's time: the clock by which a time lies in the future. A local chain may run faster than life. */
@ApplicationScoped
public class ChainClock {
  private final LedgerHead head;
  private final JsonRpc rpc;
  private final RingfenceConfig config;

  /** By the ledger's newest block, and by the node's where that is not enough. */
  public ChainClock(LedgerHead head, JsonRpc rpc, RingfenceConfig config) {
    this.head = head;
    this.rpc = rpc;
    this.config = config;
  }

  /**
   * The latest time that does not lie in the future, skew allowed for. The node is asked only if {@code wanted} lies past the ledger's
   * newest block: it may be a block ahead.
   */
  public Instant latestFor(Instant wanted) {
    Instant limit = head.now().time().plus(config.limits().clockSkew());
    if (!wanted.isAfter(limit)) {
      return limit;
    }
    try {
      return rpc.block(BlockTag.LATEST)
          .map(block -> Instant.ofEpochSecond(block.timestamp()).plus(config.limits().clockSkew()).truncatedTo(ChronoUnit.MICROS))
          .orElse(limit);
    } catch (RpcException e) {
      throw ProblemException.of(ProblemKind.UNAVAILABLE, "the chain, whose time is the clock, does not answer: try again");
    }
  }
}
