package io.ringfence.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.ringfence.chain.encode.Call;
import io.ringfence.chain.read.RevertDecoder;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalNodeExtension.class)
class JsonRpcTest {
  @Test
  void readsBlocksByNumberHashAndInBatches(NodeProcess node) {
    JsonRpc rpc = node.rpc();
    node.control().mine();
    long head = rpc.blockNumber();
    BlockRef newest = rpc.block(BlockTag.LATEST).orElseThrow();

    assertThat(rpc.chainId()).isEqualTo(31337);
    assertThat(newest.number()).isEqualTo(head);
    assertThat(rpc.block(BlockTag.at(newest.hash()))).contains(newest);
    assertThat(rpc.block(BlockTag.at(head + 1))).isEmpty();
    List<Optional<BlockRef>> blocks = rpc.blocks(head - 1, head + 1);
    assertThat(blocks).hasSize(3);
    assertThat(blocks.get(1)).contains(newest);
    assertThat(newest.parentHash()).isEqualTo(blocks.get(0).orElseThrow().hash());
    assertThat(blocks.get(2)).isEmpty();
  }

  @Test
  void tellsWhyACallReverted(NodeProcess node) {
    Address stranger = new Address("0x00000000000000000000000000000000000000aa");
    Call call = node.calls().withdraw(stranger, stranger, BigInteger.ONE, stranger);

    RpcException.Refused refused = catchThrowableOfType(RpcException.Refused.class,
        () -> node.rpc().call(CallRequest.view(call.to(), call.data()), BlockTag.LATEST));

    assertThat(RevertDecoder.decode(refused.revertData().orElseThrow()).toString()).isEqualTo("NotAnAccount(account=" + stranger + ")");
  }

  @Test
  void movesTheLocalClock(NodeProcess node) {
    long before = node.rpc().block(BlockTag.LATEST).orElseThrow().timestamp();
    node.control().nextBlockTimestamp(before + 1000);
    node.control().mine();
    assertThat(node.rpc().block(BlockTag.LATEST).orElseThrow().timestamp()).isEqualTo(before + 1000);
  }

  @Test
  void givesUpOnANodeThatIsNotThere() {
    JsonRpc rpc = new JsonRpc(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1), 2);
    assertThatThrownBy(rpc::blockNumber).isInstanceOf(RpcException.Unreachable.class).hasMessageContaining("127.0.0.1:1");
  }

  @Test
  void retriesReadsAndNeverSending() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    try (Answers server = new Answers(503, "busy", asked)) {
      JsonRpc rpc = new JsonRpc(server.url(), Duration.ofSeconds(5), 3);
      assertThatThrownBy(rpc::blockNumber).isInstanceOf(RpcException.Unreachable.class).hasMessageContaining("503");
      assertThat(asked).hasValue(3);
      asked.set(0);
      assertThatThrownBy(() -> rpc.sendRaw(new io.ringfence.chain.type.Data("0x00"))).isInstanceOf(RpcException.Unreachable.class);
      assertThat(asked).hasValue(1);
    }
  }

  @Test
  void refusesAnswersThatAreNotWhatWasAsked() throws IOException {
    try (Answers server = new Answers(200, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"12\"}", new AtomicInteger())) {
      JsonRpc rpc = new JsonRpc(server.url(), Duration.ofSeconds(5), 1);
      assertThatThrownBy(rpc::blockNumber).isInstanceOf(RpcException.Malformed.class).hasMessageContaining("not a quantity");
      assertThatThrownBy(() -> rpc.receipt(Bytes32.ZERO)).isInstanceOf(RpcException.Malformed.class);
    }
    try (Answers server = new Answers(200, "<html>", new AtomicInteger())) {
      JsonRpc rpc = new JsonRpc(server.url(), Duration.ofSeconds(5), 1);
      assertThatThrownBy(rpc::blockNumber).isInstanceOf(RpcException.Malformed.class).hasMessageContaining("without JSON");
    }
  }

  /** Answers everything with the same. */
  private record Answers(HttpServer server) implements AutoCloseable {
    Answers(int status, String body, AtomicInteger asked) throws IOException {
      this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      server.createContext("/", exchange -> {
        asked.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
      });
      server.start();
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
