package io.ringfence.service.feed;

import io.ringfence.service.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How a venue's streams stand. */
@ApplicationScoped
public class StreamReads {
  private static final int RANGES = 100;

  private final Database database;

  /** From this database. */
  public StreamReads(Database database) {
    this.database = database;
  }

  /** Sequences {@code from} to {@code to}, both included. */
  public record Range(long from, long to) {}

  /**
   * A stream.
   *
   * @param kind positions or prices
   * @param stream its name
   * @param next the first sequence that is missing
   * @param highest the highest that was received
   * @param missing the first hundred ranges that are missing below {@code highest}
   * @param missingRanges how many ranges there are
   * @param updatedAt when an update of a new sequence was last received
   */
  public record Stream(String kind, String stream, long next, long highest, List<Range> missing, int missingRanges, Instant updatedAt) {}

  /** The venue's streams of these kinds, by kind and name. */
  public List<Stream> streams(long venue, List<FeedKind> kinds) {
    return database.inTransaction(sql -> {
      List<Stream> streams = new ArrayList<>();
      for (FeedKind kind : kinds) {
        Map<String, List<FeedGaps.Gap>> gaps =
            FeedGaps.open(sql, venue, kind).stream().collect(Collectors.groupingBy(FeedGaps.Gap::stream));
        sql.rows("SELECT name, contiguous, highest, updated_at FROM feed_stream WHERE venue = $1 AND kind = $2 ORDER BY name",
            venue, kind.word()).forEach(row -> {
              List<FeedGaps.Gap> missing = gaps.getOrDefault(row.getString("name"), List.of());
              streams.add(new Stream(kind.word(), row.getString("name"), row.getLong("contiguous") + 1, row.getLong("highest"),
                  missing.stream().limit(RANGES).map(gap -> new Range(gap.from(), gap.to())).toList(), missing.size(),
                  row.getOffsetDateTime("updated_at").toInstant()));
            });
      }
      return streams;
    });
  }

  /** All of them. */
  public List<Stream> streams(long venue) {
    return streams(venue, Arrays.asList(FeedKind.values()));
  }
}
