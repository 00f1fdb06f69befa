package io.ringfence.chain.follow;

import io.ringfence.chain.type.Bytes32;
import java.util.Optional;

/** What the follower's user remembers of the blocks it has kept. */
@FunctionalInterface
public interface KnownBlocks {
  /** Hash of the block kept at {@code number}; empty if none is kept there. */
  Optional<Bytes32> hashAt(long number);
}
