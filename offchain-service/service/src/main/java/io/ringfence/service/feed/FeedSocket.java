package io.ringfence.service.feed;

import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.ringfence.service.config.RingfenceConfig;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Positions and prices by WebSocket: one text frame in, one out, in order. Frames are handed to a {@link FeedLine} as they come, on the
 * event loop; the framework's own line has no end.
 */
@WebSocket(path = "/v1/venues/{venue}/feed", endpointId = FeedSocket.ID, inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class FeedSocket {
  static final String ID = "feed";

  private static final TypedKey<FeedLine> LINE = new TypedKey<>("line");

  private final FeedFrames frames;
  private final RingfenceConfig.Limits limits;

  /** Answered by {@code frames}. */
  public FeedSocket(FeedFrames frames, RingfenceConfig config) {
    this.frames = frames;
    this.limits = config.limits();
  }

  @OnOpen
  @NonBlocking
  void open(WebSocketConnection connection) {
    line(connection).add(0, line -> line.send(frames.hello(line.sender())));
  }

  @OnTextMessage
  @NonBlocking
  void text(String frame, WebSocketConnection connection) {
    line(connection).add(frame.length(), line -> {
      FeedFrames.Answer answer = frames.answer(line.sender(), frame);
      line.send(answer.text());
      if (answer.last()) {
        line.close(FeedLine.POLICY_VIOLATION, "this API key is not good any more");
      }
    });
  }

  @OnBinaryMessage
  @NonBlocking
  void binary(Buffer frame, WebSocketConnection connection) {
    line(connection).add(0, line -> line.send(frames.notText()));
  }

  /** Of this type the framework has one complaint: a message that is too large. */
  @OnError
  @NonBlocking
  void tooLarge(IllegalStateException e, WebSocketConnection connection) {
    line(connection).close(FeedLine.TOO_LARGE, "a message has at most 8 MB");
  }

  /** Made by the first callback; all of one connection come on one event loop. */
  private FeedLine line(WebSocketConnection connection) {
    FeedLine line = connection.userData().get(LINE);
    if (line == null) {
      String authorization = connection.handshakeRequest().header(HttpHeaders.AUTHORIZATION);
      line = new FeedLine(connection, new FeedFrames.Sender(authorization, connection.pathParam("venue")), limits.unansweredFrames());
      connection.userData().put(LINE, line);
    }
    return line;
  }
}
