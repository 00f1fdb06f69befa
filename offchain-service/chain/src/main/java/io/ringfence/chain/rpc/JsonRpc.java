package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A node's JSON-RPC. Reads are retried when no answer comes; sending is not. Safe for use by many threads.
 *
 * <p>Every method throws {@link RpcException}.
 */
public final class JsonRpc {
  /** At {@code url}, with the default timeout of 20 seconds and 3 attempts at a read. */
  public JsonRpc(URI url) {
    this(url, Duration.ofSeconds(20), 3);
  }

  /**
   * Chooses timeouts.
   *
   * @param timeout of one attempt
   * @param attempts at a read, at least 1
   */
  public JsonRpc(URI url, Duration timeout, int attempts) {
    throw new UnsupportedOperationException();
  }

  public long chainId() {
    throw new UnsupportedOperationException();
  }

  /** Height of the newest block. */
  public long blockNumber() {
    throw new UnsupportedOperationException();
  }

  /** The block, or empty if the node has none there. */
  public Optional<BlockRef> block(BlockTag at) {
    throw new UnsupportedOperationException();
  }

  /** The blocks of a range, inclusive, in one batch. */
  public List<Optional<BlockRef>> blocks(long fromBlock, long toBlock) {
    throw new UnsupportedOperationException();
  }

  /** Logs of a range in chain order. */
  public List<RawLog> logs(LogQuery query) {
    throw new UnsupportedOperationException();
  }

  /** Logs of one block, pinned by its hash. */
  public List<RawLog> logs(Bytes32 blockHash, List<Address> addresses, List<List<Bytes32>> topics) {
    throw new UnsupportedOperationException();
  }

  /** What a call returns; a revert is {@link RpcException.Refused} with its data. */
  public Data call(CallRequest call, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  /** Many calls in one batch; the first that is refused is thrown. */
  public List<Data> calls(List<CallRequest> calls, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  /** Gas the call needs now; a revert is {@link RpcException.Refused} with its data. */
  public long estimateGas(CallRequest call) {
    throw new UnsupportedOperationException();
  }

  /** Transactions of {@code sender} that are mined. */
  public long nonce(Address sender) {
    throw new UnsupportedOperationException();
  }

  /** Transactions of {@code sender} that are mined or wait in the pool. */
  public long pendingNonce(Address sender) {
    throw new UnsupportedOperationException();
  }

  /** Wei per gas. */
  public BigInteger gasPrice() {
    throw new UnsupportedOperationException();
  }

  /** Twice the next base fee plus the usual tip. */
  public Fees suggestedFees() {
    throw new UnsupportedOperationException();
  }

  /** Broadcasts; never retried. */
  public Bytes32 sendRaw(Data signed) {
    throw new UnsupportedOperationException();
  }

  /** Empty while it is not mined. */
  public Optional<Receipt> receipt(Bytes32 txHash) {
    throw new UnsupportedOperationException();
  }

  /** Whether the node has the transaction, mined or waiting. */
  public boolean knows(Bytes32 txHash) {
    throw new UnsupportedOperationException();
  }

  /** Wei. */
  public BigInteger balance(Address account, BlockTag at) {
    throw new UnsupportedOperationException();
  }

  /** Deployed bytecode; empty for an account without any. */
  public Data code(Address account, BlockTag at) {
    throw new UnsupportedOperationException();
  }
}
