package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.service.problem.ProblemException;
import java.util.Optional;
import java.util.Set;

/**
 * One message of a feed, whatever it came by.
 *
 * @param venue whose it is
 * @param kind what its rows are
 * @param place its stream and sequence; empty: it belongs to no stream
 * @param rows a JSON list
 */
public record FeedUpdate(long venue, FeedKind kind, Optional<StreamPlace> place, JsonNode rows) {

  /** The fields that a message may have, beside what its transport adds. */
  static final Set<String> FIELDS = Set.of("stream", "sequence", "rows");

  /** Throws a {@link ProblemException} if {@code rows} are no list, or an empty one. */
  public FeedUpdate {
    if (!rows.isArray() || rows.isEmpty()) {
      throw ProblemException.field("rows", "must be a list of at least one row");
    }
  }

  /** Reads a message; a {@link ProblemException} names the field that is wrong. */
  static FeedUpdate read(long venue, FeedKind kind, JsonNode message) {
    return new FeedUpdate(venue, kind, place(message), message.path("rows"));
  }

  private static Optional<StreamPlace> place(JsonNode message) {
    JsonNode stream = message.path("stream");
    JsonNode sequence = message.path("sequence");
    if (stream.isMissingNode() && sequence.isMissingNode()) {
      return Optional.empty();
    }
    if (!stream.isTextual()) {
      throw ProblemException.field("stream", stream.isMissingNode() ? "is missing: a sequence belongs to a stream" : "must be text");
    }
    if (!sequence.isIntegralNumber() || !sequence.canConvertToLong()) {
      throw ProblemException.field("sequence", sequence.isMissingNode()
          ? "is missing: an update of a stream has one" : "must be a whole number from 1 to " + Long.MAX_VALUE);
    }
    return Optional.of(new StreamPlace(stream.textValue(), sequence.longValue()));
  }
}
