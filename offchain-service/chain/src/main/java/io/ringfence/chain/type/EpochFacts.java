package io.ringfence.chain.type;

/**
 * What the log keeps of a posted header.
 *
 * @param structHash of the header; zero if the epoch was not posted
 * @param postedAt chain seconds
 * @param snapshotTime chain seconds
 * @param snapshotBlock block number
 */
public record EpochFacts(Bytes32 structHash, long postedAt, long snapshotTime, long snapshotBlock) {
  /** Whether the epoch was posted at all. */
  public boolean posted() {
    return !structHash.equals(Bytes32.ZERO);
  }
}
