package io.ringfence.chain.rpc;

/** Control calls that only a local development node answers. */
public final class LocalNode {
  private final JsonRpc rpc;

  public LocalNode(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** Mines one block. */
  public void mine() {
    throw new UnsupportedOperationException();
  }

  /** Mines several blocks. */
  public void mine(long blocks) {
    throw new UnsupportedOperationException();
  }

  /** The next block carries this time, chain seconds. */
  public void nextBlockTimestamp(long seconds) {
    throw new UnsupportedOperationException();
  }

  /** Moves the clock forward. */
  public void increaseTime(long seconds) {
    throw new UnsupportedOperationException();
  }

  /** Mines a block for each transaction as it comes. */
  public void automine(boolean on) {
    throw new UnsupportedOperationException();
  }

  /** Mines every so often; 0: never by itself. */
  public void miningInterval(long milliseconds) {
    throw new UnsupportedOperationException();
  }

  /** Remembers the whole state. */
  public String snapshot() {
    throw new UnsupportedOperationException();
  }

  /** Goes back to a remembered state: a reorganisation to everyone who watches. */
  public void revert(String snapshot) {
    throw new UnsupportedOperationException();
  }

  /** Gives an account this balance. */
  public void setBalance(io.ringfence.chain.type.Address account, java.math.BigInteger wei) {
    throw new UnsupportedOperationException();
  }
}
