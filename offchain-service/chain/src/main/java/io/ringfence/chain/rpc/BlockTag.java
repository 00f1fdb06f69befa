package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Bytes32;

/** At which block a question is asked. */
public sealed interface BlockTag {
  BlockTag LATEST = new Latest();

  /** The newest block the node has. */
  record Latest() implements BlockTag {}

  /** A height, whichever block is there now. */
  record Number(long number) implements BlockTag {}

  /** One block and no other: refused by the node once the block is reorganised away. */
  record Hash(Bytes32 hash) implements BlockTag {}

  static BlockTag at(long number) {
    return new Number(number);
  }

  static BlockTag at(Bytes32 hash) {
    return new Hash(hash);
  }
}
