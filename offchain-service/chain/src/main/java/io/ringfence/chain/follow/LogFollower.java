package io.ringfence.chain.follow;

import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Address;
import java.util.List;
import java.util.function.Supplier;

/**
 * Steps along a chain's blocks and logs. It stores nothing: the caller commits each step's logs and cursor in one transaction of its own.
 * For use by one thread.
 */
public final class LogFollower {
  /**
   * A follower.
   *
   * @param filter asked before each step, so that it can grow with the accounts the caller learns of
   * @param known the blocks the caller has kept
   * @param confirmations blocks that must stand on a block before it is given out; 0: the newest block counts
   */
  public LogFollower(JsonRpc rpc, Supplier<LogFilter> filter, KnownBlocks known, int confirmations) {
    throw new UnsupportedOperationException();
  }

  /** The block before {@code firstBlock} as the cursor to begin with. */
  public Cursor before(long firstBlock) {
    throw new UnsupportedOperationException();
  }

  /** What comes after {@code cursor}. */
  public Step next(Cursor cursor) {
    throw new UnsupportedOperationException();
  }

  /** Transfers of {@code token} to {@code account} in a range, inclusive: what an account received before anyone watched it. */
  public List<RawLog> transfersTo(Address account, Address token, long fromBlock, long toBlock) {
    throw new UnsupportedOperationException();
  }
}
