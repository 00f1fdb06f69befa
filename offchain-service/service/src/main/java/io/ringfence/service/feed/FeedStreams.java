package io.ringfence.service.feed;

import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Sql;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Notes what was received of each stream. Streams of different kinds have nothing to do with each other, even under one name. */
@ApplicationScoped
public class FeedStreams {
  private final RingfenceConfig.Limits limits;

  /** Within the configured limits. */
  public FeedStreams(RingfenceConfig config) {
    this.limits = config.limits();
  }

  private record State(long contiguous, long highest) {}

  /**
   * Notes an update, and holds its stream until the transaction ends: two updates of one stream come one after the other.
   *
   * @throws ProblemException 409 if the sequence had other content before or lies too far ahead, 400 if it would be a stream too many
   */
  StreamReceipt receive(Sql sql, FeedUpdate update, StreamPlace place) {
    State before = hold(sql, update, place);
    String digest = ContentDigest.of(update.rows());
    Optional<String> known = sql.row(
        "SELECT digest FROM feed_update WHERE venue = $1 AND kind = $2 AND stream = $3 AND sequence = $4",
        update.venue(), update.kind().word(), place.stream(), place.sequence()).map(row -> row.getString("digest"));
    if (known.isPresent()) {
      if (!known.get().equals(digest)) {
        throw conflict("sequence", place.sequence() + " of stream " + place.stream() + " was received before with different content",
            before);
      }
      return new StreamReceipt(place, true, before.contiguous() + 1, before.highest());
    }
    if (place.sequence() - before.contiguous() > limits.sequencesAhead()) {
      throw conflict("sequence", place.sequence() + " of stream " + place.stream() + " is too far ahead; send again from "
          + (before.contiguous() + 1), before);
    }
    sql.update("INSERT INTO feed_update (venue, kind, stream, sequence, digest) VALUES ($1, $2, $3, $4, $5)",
        update.venue(), update.kind().word(), place.stream(), place.sequence(), digest);
    State after = new State(contiguous(sql, update, place, before), Math.max(before.highest(), place.sequence()));
    sql.update("""
        UPDATE feed_stream SET contiguous = $4, highest = $5, updated_at = now() WHERE venue = $1 AND kind = $2 AND name = $3
        """, update.venue(), update.kind().word(), place.stream(), after.contiguous(), after.highest());
    return new StreamReceipt(place, false, after.contiguous() + 1, after.highest());
  }

  /** The first sequence that was not received. */
  long next(Sql sql, long venue, FeedKind kind, String stream) {
    return sql.row("SELECT contiguous FROM feed_stream WHERE venue = $1 AND kind = $2 AND name = $3", venue, kind.word(), stream)
        .map(row -> row.getLong("contiguous") + 1).orElse(1L);
  }

  private State hold(Sql sql, FeedUpdate update, StreamPlace place) {
    return locked(sql, update, place).orElseGet(() -> {
      sql.update("""
          INSERT INTO feed_stream (venue, kind, name)
          SELECT $1, $2, $3 WHERE (SELECT count(*) FROM feed_stream WHERE venue = $1 AND kind = $2) < $4
          ON CONFLICT DO NOTHING
          """, update.venue(), update.kind().word(), place.stream(), limits.streams());
      return locked(sql, update, place).orElseThrow(() -> ProblemException.field("stream",
          "there are " + limits.streams() + " streams of " + update.kind().word() + ", which is the most: go on with one of them"));
    });
  }

  private static Optional<State> locked(Sql sql, FeedUpdate update, StreamPlace place) {
    return sql.row("SELECT contiguous, highest FROM feed_stream WHERE venue = $1 AND kind = $2 AND name = $3 FOR UPDATE",
        update.venue(), update.kind().word(), place.stream()).map(row -> new State(row.getLong("contiguous"), row.getLong("highest")));
  }

  /** An update that closes a gap brings along what lies behind it. */
  private static long contiguous(Sql sql, FeedUpdate update, StreamPlace place, State before) {
    if (place.sequence() != before.contiguous() + 1) {
      return before.contiguous();
    }
    if (before.highest() < place.sequence()) {
      return place.sequence();
    }
    Row run = sql.one("""
        SELECT max(sequence) AS last FROM (
          SELECT sequence, row_number() OVER (ORDER BY sequence) AS n FROM feed_update
          WHERE venue = $1 AND kind = $2 AND stream = $3 AND sequence > $4
        ) ahead WHERE sequence = $4 + n
        """, update.venue(), update.kind().word(), place.stream(), before.contiguous());
    return run.getLong("last");
  }

  private static ProblemException conflict(String field, String detail, State state) {
    return new ProblemException(Problem.of(ProblemKind.CONFLICT, field + ": " + detail).with("field", field)
        .with("next", state.contiguous() + 1).with("highest", state.highest()));
  }
}
