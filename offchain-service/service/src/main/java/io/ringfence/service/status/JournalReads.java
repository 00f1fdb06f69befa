package io.ringfence.service.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.service.store.Database;
import io.ringfence.service.venue.Venue;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened, as the journal tells it, for the read endpoints; and the wish for a settling root. */
@Singleton
class JournalReads {

  private static final String TIMELINE = """
      SELECT id, block_number AS "block", block_time AS "time", tx_hash AS "transaction", kind, account, event
      FROM journal
      WHERE NOT undo AND NOT EXISTS (SELECT 1 FROM journal later WHERE later.reverses = journal.id)
        AND (venue = $1 OR venue IS NULL AND account IS NOT NULL AND kind <> 'Transfer') AND kind <> 'Checkpointed'
      """;

  private final Database database;
  private final Venue venue;

  JournalReads(Database database, Venue venue) {
    this.database = database;
    this.venue = venue;
  }

  List<ObjectNode> settlements() {
    return rows("""
        SELECT id, block_number AS "block", block_time AS "time", tx_hash AS "transaction", account, event ->> 'delta' AS "delta",
          event ->> 'settled' AS "settled"
        FROM journal
        WHERE kind = 'SettledChanged' AND event ->> 'cause' = 'SETTLEMENT' AND venue = $1 AND NOT undo
          AND NOT EXISTS (SELECT 1 FROM journal later WHERE later.reverses = journal.id)
        ORDER BY id DESC LIMIT 500
        """);
  }

  List<ObjectNode> skippedSettlements() {
    return rows("SELECT account, epoch, reason, block FROM settlement_skip WHERE venue = $1 ORDER BY id DESC LIMIT 500");
  }

  /** Newest first, ids below {@code before}. */
  List<ObjectNode> timeline(Optional<String> account, long before, int limit) {
    return rows(TIMELINE + " AND ($2::text IS NULL OR account = $2) AND id < $3 ORDER BY id DESC LIMIT $4",
        account.orElse(null), before, limit);
  }

  Optional<ObjectNode> head() {
    return database.inTransaction(sql -> Rows.of(sql.rows("""
        SELECT c.block_number AS "block", c.block_hash AS "hash", b.time
        FROM chain_cursor c LEFT JOIN chain_block b ON b.hash = c.block_hash
        """))).stream().findFirst();
  }

  /** Asks for a settling root; the epoch that took the wish up, once one has. */
  Optional<Long> askForSettlement(String id) {
    return database.inTransaction(sql -> {
      sql.update("INSERT INTO settling_request (venue, client_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", venue.id(), id);
      return sql.row("SELECT epoch FROM settling_request WHERE venue = $1 AND client_id = $2 AND epoch IS NOT NULL", venue.id(), id)
          .map(row -> row.getLong("epoch"));
    });
  }

  /** {@code $1} is the venue, the others follow. */
  private List<ObjectNode> rows(String statement, Object... parameters) {
    Object[] all = Stream.concat(Stream.of(venue.id()), Arrays.stream(parameters)).toArray();
    return database.inTransaction(sql -> Rows.of(sql.rows(statement, all)));
  }
}
