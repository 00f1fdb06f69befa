package io.ringfence.chain.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A node's JSON-RPC. Reads are retried when no answer comes; sending is not. Safe for use by many threads.
 *
 * <p>Every method throws {@link RpcException}.
 */
public final class JsonRpc {
  private static final BigInteger USUAL_TIP = BigInteger.valueOf(1_000_000_000);

  private final Transport transport;

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
    this.transport = new Transport(url, timeout, attempts);
  }

  /** EIP-155 id. */
  public long chainId() {
    return read("eth_chainId", Wire::number);
  }

  /** Height of the newest block. */
  public long blockNumber() {
    return read("eth_blockNumber", Wire::number);
  }

  /** The block, or empty if the node has none there. */
  public Optional<BlockRef> block(BlockTag at) {
    return switch (at) {
      case BlockTag.Hash(Bytes32 hash) -> read("eth_getBlockByHash", Wire::block, hash.hex(), false);
      case BlockTag.Latest latest -> read("eth_getBlockByNumber", Wire::block, Wire.tag(latest), false);
      case BlockTag.Number number -> read("eth_getBlockByNumber", Wire::block, Wire.tag(number), false);
    };
  }

  /** The blocks of a range, inclusive, in one batch. */
  public List<Optional<BlockRef>> blocks(long fromBlock, long toBlock) {
    List<Transport.Request> requests = new ArrayList<>();
    for (long number = fromBlock; number <= toBlock; number++) {
      requests.add(request("eth_getBlockByNumber", Wire.quantity(number), false));
    }
    return transport.readAll(requests).stream().map(node -> parsed("eth_getBlockByNumber", node, Wire::block)).toList();
  }

  /** Logs of a range in chain order. */
  public List<RawLog> logs(LogQuery query) {
    ObjectNode filter = Wire.filter(query.addresses(), query.topics());
    filter.put("fromBlock", Wire.quantity(query.fromBlock())).put("toBlock", Wire.quantity(query.toBlock()));
    return read("eth_getLogs", Wire::logs, filter);
  }

  /** Logs of one block, pinned by its hash. */
  public List<RawLog> logs(Bytes32 blockHash, List<Address> addresses, List<List<Bytes32>> topics) {
    return read("eth_getLogs", Wire::logs, Wire.filter(addresses, topics).put("blockHash", blockHash.hex()));
  }

  /** What a call returns; a revert is {@link RpcException.Refused} with its data. */
  public Data call(CallRequest call, BlockTag at) {
    return read("eth_call", node -> new Data(node.asText()), Wire.call(call), Wire.tag(at));
  }

  /** Many calls in one batch; the first that is refused is thrown. */
  public List<Data> calls(List<CallRequest> calls, BlockTag at) {
    List<Transport.Request> requests = calls.stream().map(call -> request("eth_call", Wire.call(call), Wire.tag(at))).toList();
    return transport.readAll(requests).stream().map(node -> parsed("eth_call", node, result -> new Data(result.asText()))).toList();
  }

  /** Gas the call needs now; a revert is {@link RpcException.Refused} with its data. */
  public long estimateGas(CallRequest call) {
    return read("eth_estimateGas", Wire::number, Wire.call(call));
  }

  /** Transactions of {@code sender} that are mined. */
  public long nonce(Address sender) {
    return nonce(sender, BlockTag.LATEST);
  }

  /** Transactions of {@code sender} that were mined at a block. */
  public long nonce(Address sender, BlockTag at) {
    return read("eth_getTransactionCount", Wire::number, sender.hex(), Wire.tag(at));
  }

  /** Transactions of {@code sender} that are mined or wait in the pool. */
  public long pendingNonce(Address sender) {
    return read("eth_getTransactionCount", Wire::number, sender.hex(), "pending");
  }

  /** Wei per gas. */
  public BigInteger gasPrice() {
    return read("eth_gasPrice", Wire::quantity);
  }

  /** Twice the next block's base fee plus a tip of 1 gwei. */
  public Fees suggestedFees() {
    BigInteger baseFee = read("eth_feeHistory", history -> {
      JsonNode fees = history.path("baseFeePerGas");
      return Wire.quantity(fees.path(fees.size() - 1));
    }, "0x1", "latest", Transport.JSON.createArrayNode());
    return new Fees(baseFee.shiftLeft(1).add(USUAL_TIP), USUAL_TIP);
  }

  /** Broadcasts; never retried. */
  public Bytes32 sendRaw(Data signed) {
    return parsed("eth_sendRawTransaction", transport.send(request("eth_sendRawTransaction", signed.hex())), Wire::hash);
  }

  /** Empty while it is not mined. */
  public Optional<Receipt> receipt(Bytes32 txHash) {
    return read("eth_getTransactionReceipt", Wire::receipt, txHash.hex());
  }

  /** Whether the node has the transaction, mined or waiting. */
  public boolean knows(Bytes32 txHash) {
    return read("eth_getTransactionByHash", node -> !node.isNull(), txHash.hex());
  }

  /** Wei. */
  public BigInteger balance(Address account, BlockTag at) {
    return read("eth_getBalance", Wire::quantity, account.hex(), Wire.tag(at));
  }

  /** Deployed bytecode; empty for an account without any. */
  public Data code(Address account, BlockTag at) {
    return read("eth_getCode", node -> new Data(node.asText()), account.hex(), Wire.tag(at));
  }

  /** A control call of a local node, asked once. */
  JsonNode control(String method, Object... parameters) {
    return transport.send(request(method, parameters));
  }

  private <T> T read(String method, Function<JsonNode, T> parse, Object... parameters) {
    return parsed(method, transport.read(request(method, parameters)), parse);
  }

  private static <T> T parsed(String method, JsonNode node, Function<JsonNode, T> parse) {
    try {
      return parse.apply(node);
    } catch (IllegalArgumentException | ArithmeticException unexpected) {
      throw new RpcException.Malformed(method, unexpected.getMessage(), unexpected);
    }
  }

  private static Transport.Request request(String method, Object... parameters) {
    ArrayNode array = Transport.JSON.createArrayNode();
    for (Object parameter : parameters) {
      array.add(parameter instanceof JsonNode node ? node : Transport.JSON.valueToTree(parameter));
    }
    return new Transport.Request(method, array);
  }
}
