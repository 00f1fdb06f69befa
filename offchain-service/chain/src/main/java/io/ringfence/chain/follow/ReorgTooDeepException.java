package io.ringfence.chain.follow;

/** None of the blocks that were kept is on the chain any more: another chain answers, or the caller kept too little. */
public final class ReorgTooDeepException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReorgTooDeepException(Cursor cursor) {
    super("no kept block below " + cursor.blockNumber() + " (" + cursor.blockHash() + ") is on the node's chain: "
        + "check that the node is on the chain this store was filled from");
  }
}
