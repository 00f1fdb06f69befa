package io.ringfence.chain.follow;

import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.RawLog;
import java.util.List;

/** What the follower found. */
public sealed interface Step {
  /** Nothing new is deep enough yet. */
  record UpToDate() implements Step {}

  /**
   * The next blocks, linked to the cursor by their parent hashes, and their logs in chain order.
   *
   * @param blocks at least one, ascending, without gaps
   * @param logs of those blocks and no other
   * @param after the cursor to keep in the same transaction as the logs
   */
  record Blocks(List<BlockRef> blocks, List<RawLog> logs, Cursor after) implements Step {
    public Blocks {
      blocks = List.copyOf(blocks);
      logs = List.copyOf(logs);
    }
  }

  /**
   * Blocks that were kept are gone.
   *
   * @param commonAncestor newest kept block that the chain still has: undo everything after it and go on from it
   */
  record Reorg(Cursor commonAncestor) implements Step {}
}
