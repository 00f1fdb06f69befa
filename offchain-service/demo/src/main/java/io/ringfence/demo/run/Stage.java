package io.ringfence.demo.run;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import io.ringfence.demo.system.ServiceClient;
import io.ringfence.demo.system.Waiting;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/**
 * What every part of the run works with.
 *
 * @param rpc the chain
 * @param deployment its addresses
 * @param contracts its views, at the newest block
 * @param calls its functions
 * @param senders the driver's transactions
 * @param cast everybody's addresses
 * @param service the venue's service
 * @param waiting notices when service or chain are gone
 * @param state of the run
 */
public record Stage(
    JsonRpc rpc,
    Deployment deployment,
    Contracts contracts,
    Calls calls,
    Senders senders,
    Cast cast,
    ServiceClient service,
    Waiting waiting,
    RunState state) {

  /** The demonstration's venue. */
  public static final long VENUE = 1;

  /** Path of the venue in the service's interface. */
  static final String VENUE_PATH = "/v1/venues/" + VENUE;

  private static final Duration ROOT_LIMIT = Duration.ofSeconds(90);

  /** The token of that symbol. */
  Deployment.Token token(String symbol) {
    return deployment.token(symbol).orElseThrow(() -> new DemoException("the deployment has no token " + symbol));
  }

  /** Whole tokens in smallest units. */
  BigInteger units(String symbol, BigDecimal whole) {
    return whole.movePointRight(token(symbol).decimals()).toBigIntegerExact();
  }

  /** The deployment's entry of the venue. */
  public Deployment.Venue venue() {
    return deployment.venue(VENUE).orElseThrow(() -> new DemoException("the deployment has no venue " + VENUE));
  }

  BlockRef head() {
    return rpc.block(BlockTag.LATEST).orElseThrow();
  }

  AccountRecord record(Address account) {
    return contracts.vault().record(account);
  }

  /** The newest root's number. */
  long newestRoot() {
    return contracts.log().newest(VENUE);
  }

  /** Waits until {@code count} more roots are posted than now. */
  void awaitRoots(int count) {
    long wanted = newestRoot() + count;
    waiting.untilTrue("root " + wanted, ROOT_LIMIT, () -> newestRoot() >= wanted);
  }
}
