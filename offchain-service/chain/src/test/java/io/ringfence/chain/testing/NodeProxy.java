package io.ringfence.chain.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Stands between a test and its node, and does to the requests that pass what a {@link Passage} says. */
public final class NodeProxy implements AutoCloseable {
  /** The node, as a passage sees it. */
  @FunctionalInterface
  public interface Node {
    String ask(String body) throws IOException;
  }

  /** What happens to one request: its answer, or null for a connection that breaks. */
  @FunctionalInterface
  public interface Passage {
    String pass(String body, Node node) throws IOException;
  }

  private final HttpServer server;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI node;
  private final Passage passage;

  public NodeProxy(URI node, Passage passage) throws IOException {
    this.node = node;
    this.passage = passage;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try {
      String answer = passage.pass(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), this::ask);
      if (answer != null) {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    } finally {
      exchange.close();
    }
  }

  private String ask(String body) throws IOException {
    try {
      return client.send(
          HttpRequest.newBuilder(node).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          HttpResponse.BodyHandlers.ofString()).body();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
