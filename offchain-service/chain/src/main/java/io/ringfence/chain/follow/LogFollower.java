package io.ringfence.chain.follow;

import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.LogQuery;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Steps along a chain's blocks and logs. It stores nothing: the caller commits each step's logs and cursor in one transaction of its own.
 * For use by one thread.
 *
 * <p>A range is given out only when its blocks link to the cursor by their parent hashes, every log carries the hash of its block, and the
 * last block is still on the chain after the logs came: a reorganisation during the fetch is noticed and the range asked for again.
 */
public final class LogFollower {
  private static final int MAX_RANGE = 1_000;
  private static final int MAX_MOVES = 20;

  private final JsonRpc rpc;
  private final Supplier<LogFilter> filter;
  private final KnownBlocks known;
  private final int confirmations;
  private int range = 100;
  private int moves;

  /**
   * A follower.
   *
   * @param filter asked before each step, so that it can grow with the accounts the caller learns of
   * @param known the blocks the caller has kept
   * @param confirmations blocks that must stand on a block before it is given out; 0: the newest block counts
   */
  public LogFollower(JsonRpc rpc, Supplier<LogFilter> filter, KnownBlocks known, int confirmations) {
    if (confirmations < 0) {
      throw new IllegalArgumentException("confirmations must not be negative: " + confirmations);
    }
    this.rpc = rpc;
    this.filter = filter;
    this.known = known;
    this.confirmations = confirmations;
  }

  /**
   * The block before {@code firstBlock} as the cursor to begin with; for block 0, height -1 and the zero hash.
   *
   * @throws IllegalArgumentException if the chain is not that long yet
   */
  public Cursor before(long firstBlock) {
    if (firstBlock == 0) {
      return new Cursor(-1, Bytes32.ZERO);
    }
    BlockRef block = rpc.block(BlockTag.at(firstBlock - 1))
        .orElseThrow(() -> new IllegalArgumentException("the chain has no block " + (firstBlock - 1) + " to begin after"));
    return new Cursor(block.number(), block.hash());
  }

  /** What comes after {@code cursor}. */
  public Step next(Cursor cursor) {
    if (!stillThere(cursor)) {
      return new Step.Reorg(commonAncestor(cursor));
    }
    long newest = rpc.blockNumber() - confirmations;
    if (newest <= cursor.blockNumber()) {
      return new Step.UpToDate();
    }
    LogFilter wanted = filter.get();
    while (true) {
      long last = Math.min(newest, cursor.blockNumber() + range);
      try {
        Optional<Step.Blocks> blocks = fetch(cursor, last, wanted);
        range = Math.min(MAX_RANGE, range + range / 2 + 1);
        if (blocks.isEmpty()) {
          return moved(cursor);
        }
        moves = 0;
        return blocks.get();
      } catch (RpcException tooMuch) {
        if (range == 1 || !canBeSmaller(tooMuch)) {
          throw tooMuch;
        }
        range = Math.max(1, range / 2);
      }
    }
  }

  /** Transfers of {@code token} to {@code account} in a range, inclusive: what an account received before anyone watched it. */
  public List<RawLog> transfersTo(Address account, Address token, long fromBlock, long toBlock) {
    List<List<Bytes32>> topics = List.of(List.of(EventDecoder.transferTopic()), List.of(), List.of(account.word()));
    List<RawLog> transfers = new ArrayList<>();
    long from = fromBlock;
    long step = 10_000;
    while (from <= toBlock) {
      long to = Math.min(toBlock, from + step - 1);
      try {
        transfers.addAll(rpc.logs(new LogQuery(from, to, List.of(token), topics)));
        from = to + 1;
      } catch (RpcException tooMuch) {
        if (step == 1 || !canBeSmaller(tooMuch)) {
          throw tooMuch;
        }
        step = step / 2;
      }
    }
    return transfers;
  }

  /** The range, or empty if the chain changed meanwhile. */
  private Optional<Step.Blocks> fetch(Cursor cursor, long last, LogFilter wanted) {
    List<BlockRef> blocks = new ArrayList<>();
    Map<Bytes32, Long> heights = new HashMap<>();
    Bytes32 parent = cursor.blockHash();
    for (Optional<BlockRef> block : rpc.blocks(cursor.blockNumber() + 1, last)) {
      if (block.isEmpty() || cursor.blockNumber() + blocks.size() >= 0 && !block.get().parentHash().equals(parent)) {
        return Optional.empty();
      }
      blocks.add(block.get());
      heights.put(block.get().hash(), block.get().number());
      parent = block.get().hash();
    }
    List<RawLog> logs = new LogRequests(wanted).ask(rpc, cursor.blockNumber() + 1, last);
    boolean ofTheseBlocks = logs.stream().allMatch(log -> Long.valueOf(log.blockNumber()).equals(heights.get(log.blockHash())));
    Cursor after = new Cursor(last, parent);
    return ofTheseBlocks && stillThere(after) ? Optional.of(new Step.Blocks(blocks, logs, after)) : Optional.empty();
  }

  /** The chain changed under a fetch, below the cursor or above it; above it the caller comes again, and not for ever. */
  private Step moved(Cursor cursor) {
    if (!stillThere(cursor)) {
      return new Step.Reorg(commonAncestor(cursor));
    }
    if (++moves > MAX_MOVES) {
      moves = 0;
      throw new RpcException.Malformed("eth_getBlockByNumber", "the blocks after " + cursor.blockNumber()
          + " do not link to each other or to their logs, asked " + MAX_MOVES + " times", null);
    }
    return new Step.UpToDate();
  }

  private boolean stillThere(Cursor cursor) {
    if (cursor.blockNumber() < 0) {
      return true;
    }
    return rpc.block(BlockTag.at(cursor.blockNumber())).map(block -> block.hash().equals(cursor.blockHash())).orElse(false);
  }

  private Cursor commonAncestor(Cursor cursor) {
    for (long number = cursor.blockNumber() - 1; number >= 0; number--) {
      Optional<Bytes32> kept = known.hashAt(number);
      if (kept.isEmpty()) {
        break;
      }
      Cursor candidate = new Cursor(number, kept.get());
      if (stillThere(candidate)) {
        return candidate;
      }
    }
    throw new ReorgTooDeepException(cursor);
  }

  /** Nodes say "too many results" each in their own words and codes; a smaller range never hurts. */
  private static boolean canBeSmaller(RpcException failure) {
    return switch (failure) {
      case RpcException.Refused refused -> true;
      case RpcException.Unreachable unreachable -> !Thread.currentThread().isInterrupted();
      case RpcException.Malformed malformed -> false;
    };
  }
}
