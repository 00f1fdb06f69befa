package io.ringfence.chain.tx;

import io.ringfence.chain.testing.NodeProxy;
import java.io.IOException;
import java.net.URI;

/** The way to a node, on which a broadcast can be lost before it arrives, or its answer on the way back. */
final class FaultyRoad implements AutoCloseable {
  /** What happens to a broadcast. */
  enum Fault {
    NONE,
    LOSE_REQUEST,
    LOSE_ANSWER
  }

  private final NodeProxy proxy;
  private volatile Fault fault = Fault.NONE;

  FaultyRoad(URI node) throws IOException {
    this.proxy = new NodeProxy(node, this::pass);
  }

  URI url() {
    return proxy.url();
  }

  /** From now on. */
  void broadcasts(Fault what) {
    fault = what;
  }

  private String pass(String body, NodeProxy.Node node) throws IOException {
    Fault now = body.contains("eth_sendRawTransaction") ? fault : Fault.NONE;
    return switch (now) {
      case NONE -> node.ask(body);
      case LOSE_REQUEST -> null;
      case LOSE_ANSWER -> {
        node.ask(body);
        yield null;
      }
    };
  }

  @Override
  public void close() {
    proxy.close();
  }
}
