package io.ringfence.chain.tx;

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

/** The way to a node, on which a broadcast can be lost before it arrives, or its answer on the way back. */
final class FaultyRoad implements AutoCloseable {
  /** What happens to a broadcast. */
  enum Fault {
    NONE,
    LOSE_REQUEST,
    LOSE_ANSWER
  }

  private final HttpServer server;
  private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI node;
  private volatile Fault fault = Fault.NONE;

  FaultyRoad(URI node) throws IOException {
    this.node = node;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::pass);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on. */
  void broadcasts(Fault what) {
    fault = what;
  }

  private void pass(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Fault now = body.contains("eth_sendRawTransaction") ? fault : Fault.NONE;
    if (now == Fault.LOSE_REQUEST) {
      exchange.close();
      return;
    }
    try {
      HttpResponse<byte[]> answer = client.send(
          HttpRequest.newBuilder(node).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
      if (now == Fault.NONE) {
        exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
