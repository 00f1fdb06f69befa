package io.ringfence.chain.read;

import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochFacts;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;

/** Views of the attestation log. */
public final class LogReads {
  private final Caller caller;

  LogReads(Caller caller) {
    this.caller = caller;
  }

  /** Newest epoch; 0 before the first. */
  public long newest(long venue) {
    throw new UnsupportedOperationException();
  }

  /** Facts of a posted epoch. */
  public EpochFacts posted(long venue, long epoch) {
    throw new UnsupportedOperationException();
  }

  /** What venue and attestors sign. */
  public Bytes32 digestOf(Bytes32 structHash) {
    throw new UnsupportedOperationException();
  }

  public Bytes32 structHashOf(EpochHeader header) {
    throw new UnsupportedOperationException();
  }

  /** Facts of the header if it is the newest and fresh; refused otherwise. */
  public EpochFacts requireFresh(EpochHeader header) {
    throw new UnsupportedOperationException();
  }

  /** Returns if the leaf is in the posted tree with sums that add up; refused with the check that failed. */
  public void verifyInclusion(EpochHeader header, Leaf leaf, Data siblings) {
    throw new UnsupportedOperationException();
  }
}
