package io.ringfence.chain.tx;

import io.ringfence.chain.read.Revert;
import io.ringfence.chain.rpc.Receipt;
import java.util.Optional;

/**
 * How an intent ended.
 *
 * @param state MINED, FAILED or REPLACED
 * @param receipt empty if REPLACED
 * @param revert why it FAILED, as far as the node tells
 */
public record Outcome(IntentState state, Optional<Receipt> receipt, Optional<Revert> revert) {
  public boolean success() {
    return state == IntentState.MINED;
  }
}
