package io.ringfence.chain.tx;

/** How far an intent has come. */
public enum IntentState {
  /** Signed and stored; may or may not have reached the node. */
  SIGNED(true),
  /** The node has taken it. */
  BROADCAST(true),
  /** Mined and succeeded. */
  MINED(false),
  /** Mined and reverted. */
  FAILED(false),
  /** Its nonce went to a transaction that is none of its attempts: it will never happen. */
  REPLACED(false);

  private final boolean open;

  IntentState(boolean open) {
    this.open = open;
  }

  /** Whether there is still something to do for it. */
  public boolean open() {
    return open;
  }
}
