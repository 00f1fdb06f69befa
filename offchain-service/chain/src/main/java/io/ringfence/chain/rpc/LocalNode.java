package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Address;
import java.math.BigInteger;

/** Control calls that only a local development node answers. */
public final class LocalNode {
  private final JsonRpc rpc;

  public LocalNode(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** Mines one block. */
  public void mine() {
    rpc.control("evm_mine");
  }

  /** Mines several blocks one by one: blocks that the node mines in bulk do not link by their parent hashes. */
  public void mine(int blocks) {
    for (int i = 0; i < blocks; i++) {
      mine();
    }
  }

  /** The next block carries this time, chain seconds. */
  public void nextBlockTimestamp(long seconds) {
    rpc.control("evm_setNextBlockTimestamp", seconds);
  }

  /** Moves the clock forward. */
  public void increaseTime(long seconds) {
    rpc.control("evm_increaseTime", seconds);
  }

  /** Mines a block for each transaction as it comes. */
  public void automine(boolean on) {
    rpc.control("evm_setAutomine", on);
  }

  /** Mines every so often; 0: never by itself. */
  public void miningInterval(long milliseconds) {
    rpc.control("evm_setIntervalMining", milliseconds);
  }

  /** Remembers the whole state. */
  public String snapshot() {
    return rpc.control("evm_snapshot").asText();
  }

  /** Goes back to a remembered state: a reorganisation to everyone who watches. */
  public void revert(String snapshot) {
    if (!rpc.control("evm_revert", snapshot).asBoolean()) {
      throw new IllegalArgumentException("the node has no snapshot " + snapshot);
    }
  }

  /** Gives an account this balance, wei. */
  public void setBalance(Address account, BigInteger wei) {
    rpc.control("hardhat_setBalance", account.hex(), "0x" + wei.toString(16));
  }
}
