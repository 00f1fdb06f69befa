package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A producer that sends over a WebSocket. */
final class FeedClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final WebSocket socket;

  /** Opens a connection; a refused one is a {@link java.net.http.WebSocketHandshakeException}. Without a key if it is null. */
  FeedClient(String key, String venue) throws Exception {
    var builder = http.newWebSocketBuilder().connectTimeout(LIMIT);
    if (key != null) {
      builder.header("Authorization", "Bearer " + key);
    }
    try {
      URI feed = URI.create("ws://127.0.0.1:" + RestAssured.port + "/v1/venues/" + venue + "/feed");
      socket = builder.buildAsync(feed, new Listening()).join();
    } catch (CompletionException e) {
      http.close();
      throw e.getCause() instanceof IOException refused ? refused : e;
    }
  }

  private final class Listening implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        frames.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.completeExceptionally(error);
    }
  }

  /** Sends a frame; returns when it is on its way. */
  void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /** Sends a message in two frames. */
  void sendInParts(String first, String second) {
    socket.sendText(first, false).join();
    send(second);
  }

  void sendBytes(byte[] frame) {
    socket.sendBinary(ByteBuffer.wrap(frame), true).join();
  }

  /** The next frame that came. */
  JsonNode next() throws Exception {
    String frame = frames.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came");
    }
    return JSON.readTree(frame);
  }

  /** Sends a frame and waits for its answer. */
  JsonNode ask(String frame) throws Exception {
    send(frame);
    return next();
  }

  /** The code that the service closed the connection with. */
  int closeCode() throws Exception {
    return closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  /** Breaks the connection off, without a word. */
  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
