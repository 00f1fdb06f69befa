package io.ringfence.service.feed;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import java.util.List;

/**
 * What became of an update. What is said of a stream is null if it belongs to none.
 *
 * @param accepted ids of rows that this update applied
 * @param duplicates ids that were applied before, with the same content: nothing was applied again
 * @param rejected rows that were not applied
 * @param stream its stream
 * @param sequence its place in it
 * @param duplicate whether that sequence was received before, with the same content
 * @param next the first sequence of the stream that is missing
 * @param highest the highest sequence of the stream that was received; if it is {@code next} or more, there is a gap
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeedAnswer(
    List<String> accepted, List<String> duplicates, List<BatchResult.Rejected> rejected,
    String stream, Long sequence, Boolean duplicate, Long next, Long highest) {

  static FeedAnswer of(BatchResult result) {
    return new FeedAnswer(result.accepted(), result.duplicates(), result.rejected(), null, null, null, null, null);
  }

  static FeedAnswer of(BatchResult result, StreamReceipt receipt) {
    return new FeedAnswer(result.accepted(), result.duplicates(), result.rejected(), receipt.place().stream(),
        receipt.place().sequence(), receipt.duplicate(), receipt.next(), receipt.highest());
  }

  /** This, or a {@link ProblemException} that says the same if nothing of the update was any good. */
  @JsonIgnore
  FeedAnswer orProblem() {
    if (!accepted.isEmpty() || !duplicates.isEmpty() || rejected.isEmpty()) {
      return this;
    }
    BatchResult.Rejected first = rejected.getFirst();
    Problem problem = Problem.of(ProblemKind.ALL_ROWS_BAD, "row " + first.row() + ", " + first.field() + ": " + first.detail())
        .with("field", first.field()).with("rejected", rejected);
    if (stream != null) {
      problem = problem.with("stream", stream).with("sequence", sequence).with("duplicate", duplicate).with("next", next)
          .with("highest", highest);
    }
    throw new ProblemException(problem);
  }
}
