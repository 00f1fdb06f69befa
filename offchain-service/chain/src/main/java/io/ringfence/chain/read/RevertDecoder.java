package io.ringfence.chain.read;

import io.ringfence.chain.type.Data;

/** Turns revert data into the name and arguments of a contract's error. */
public final class RevertDecoder {

  /** Never fails: data that no known error explains is {@code Unknown} or {@code Reverted} without arguments. */
  public Revert decode(Data revertData) {
    throw new UnsupportedOperationException();
  }
}
