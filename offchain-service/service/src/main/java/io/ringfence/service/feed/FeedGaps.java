package io.ringfence.service.feed;

import io.ringfence.service.store.Sql;
import java.util.List;

/** What streams miss: sequences that were not received although later ones were. */
public final class FeedGaps {
  private FeedGaps() {}

  /** Sequences {@code from} to {@code to}, both included, of a stream. */
  public record Gap(String stream, long from, long to) {}

  /** The gaps in a venue's positions, by stream and sequence: while there is one, margins may be wrong. */
  public static List<Gap> open(Sql sql, int venue) {
    return open(sql, venue, FeedKind.POSITIONS);
  }

  /** The gaps in a venue's streams of one kind, by stream and sequence. */
  static List<Gap> open(Sql sql, long venue, FeedKind kind) {
    return sql.rows("""
        SELECT stream, before + 1 AS first, sequence - 1 AS last FROM (
          SELECT stream, sequence, lag(sequence, 1, contiguous) OVER (PARTITION BY stream ORDER BY sequence) AS before
          FROM feed_stream s JOIN feed_update u ON u.venue = s.venue AND u.kind = s.kind AND u.stream = s.name
            AND u.sequence > s.contiguous
          WHERE s.venue = $1 AND s.kind = $2 AND s.highest > s.contiguous
        ) ahead WHERE sequence > before + 1 ORDER BY stream, first
        """, venue, kind.word()).stream()
        .map(row -> new Gap(row.getString("stream"), row.getLong("first"), row.getLong("last"))).toList();
  }
}
