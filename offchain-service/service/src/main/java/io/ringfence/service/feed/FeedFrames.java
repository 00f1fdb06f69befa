package io.ringfence.service.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.service.access.Gate;
import io.ringfence.service.access.Role;
import io.ringfence.service.problem.JsonBody;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.problem.ProblemMappers;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers single frames of a feed. Each is judged by the key as it is now, not as it was when the connection was made. */
@ApplicationScoped
public class FeedFrames {
  private static final Set<String> FIELDS = new HashSet<>(FeedUpdate.FIELDS);

  static {
    FIELDS.add("type");
  }

  private final Gate gate;
  private final FeedSink feeds;
  private final StreamReads streams;
  private final ObjectMapper json;

  /** Into {@code feeds}. */
  public FeedFrames(Gate gate, StoredFeeds feeds, StreamReads streams, ObjectMapper json) {
    this.gate = gate;
    this.feeds = feeds;
    this.streams = streams;
    this.json = json;
  }

  /**
   * Who sends.
   *
   * @param authorization the header of that name of the handshake
   * @param venue as the path has it
   */
  record Sender(String authorization, String venue) {}

  /**
   * An answer.
   *
   * @param text a JSON object
   * @param last whether the key is not good any more: the connection is to be closed
   */
  record Answer(String text, boolean last) {}

  /** The first frame, by the service: the streams that there are and where each goes on. */
  private record Hello(String type, List<StreamReads.Stream> streams) {}

  String hello(Sender sender) {
    return text(new Hello("hello", streams.streams(Long.parseLong(sender.venue()))));
  }

  /** Takes a frame in; whatever is wrong with it is told as a problem object. */
  Answer answer(Sender sender, String frame) {
    try {
      return new Answer(text(accept(sender, frame)), false);
    } catch (RuntimeException e) {
      Problem problem = ProblemMappers.of(e);
      return new Answer(text(problem), problem.status() == ProblemKind.NO_CREDENTIAL.status());
    }
  }

  /** What a frame of bytes gets. */
  String notText() {
    return text(Problem.of(ProblemKind.MALFORMED_JSON, "send text frames, each one JSON object"));
  }

  private FeedAnswer accept(Sender sender, String frame) {
    gate.require(sender.authorization(), sender.venue(), roles(FeedKind.values()));
    JsonNode message = JsonBody.object(frame.getBytes(StandardCharsets.UTF_8), FIELDS);
    JsonNode type = message.path("type");
    if (!type.isTextual()) {
      throw ProblemException.field("type", type.isMissingNode() ? "is missing: send positions or prices" : "must be text");
    }
    FeedKind kind = FeedKind.of(type.textValue());
    gate.require(sender.authorization(), sender.venue(), roles(kind));
    return feeds.accept(FeedUpdate.read(Long.parseLong(sender.venue()), kind, message)).orProblem();
  }

  private static Role[] roles(FeedKind... kinds) {
    return Arrays.stream(kinds).map(FeedKind::role).toArray(Role[]::new);
  }

  private String text(Object answer) {
    try {
      return json.writeValueAsString(answer);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
