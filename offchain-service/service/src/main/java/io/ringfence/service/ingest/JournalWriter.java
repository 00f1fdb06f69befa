package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.LogPosition;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.service.ledger.Posting;
import io.ringfence.service.store.Sql;
import io.vertx.mutiny.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Writes blocks, journal entries and postings of one step, many rows to a statement. */
final class JournalWriter {
  private final Sql sql;

  JournalWriter(Sql sql) {
    this.sql = sql;
  }

  /** Keeps the blocks as canonical. */
  void keep(List<BlockRef> blocks) {
    sql.update("""
        INSERT INTO chain_block (hash, number, parent, time, canonical)
        SELECT hash, number, parent, time, true
        FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[]) AS b (hash, number, parent, time)
        ON CONFLICT (hash) DO UPDATE SET canonical = true
        """,
        texts(blocks, block -> block.hash().hex()),
        longs(blocks, BlockRef::number),
        texts(blocks, block -> block.parentHash().hex()),
        longs(blocks, BlockRef::timestamp));
  }

  /**
   * Writes entries and their postings. What is in effect already (a transfer found twice) is left out; what a reorganisation undid and
   * brought back reverses its undoing.
   *
   * @return the entries written, in the order given
   */
  List<JournalEntry> write(List<Entry> entries) {
    Map<String, Earlier> earlier = earlier(entries);
    List<Entry> fresh = entries.stream().filter(entry -> !inEffect(earlier, entry)).toList();
    if (fresh.isEmpty()) {
      return List.of();
    }
    List<Long> ids = insert(fresh, earlier);
    var written = new ArrayList<JournalEntry>(fresh.size());
    for (int i = 0; i < fresh.size(); i++) {
      written.add(new JournalEntry(ids.get(i), fresh.get(i).event(), fresh.get(i).blockTime()));
    }
    post(fresh, ids);
    return written;
  }

  /** The last entry that the journal has for a log, and whether it undoes it. */
  private record Earlier(long id, boolean undo) {}

  private static boolean inEffect(Map<String, Earlier> earlier, Entry entry) {
    Earlier last = earlier.get(key(entry.event().position()));
    return last != null && !last.undo();
  }

  private Map<String, Earlier> earlier(List<Entry> entries) {
    Set<String> hashes = new HashSet<>();
    entries.forEach(entry -> hashes.add(entry.event().position().blockHash().hex()));
    Map<String, Earlier> earlier = new HashMap<>();
    for (Row row : sql.rows("SELECT id, block_hash, log_index, undo FROM journal WHERE block_hash = ANY ($1) ORDER BY id",
        (Object) hashes.toArray(String[]::new))) {
      earlier.put(row.getString("block_hash") + ":" + row.getLong("log_index"), new Earlier(row.getLong("id"), row.getBoolean("undo")));
    }
    return earlier;
  }

  private List<Long> insert(List<Entry> entries, Map<String, Earlier> earlier) {
    return sql.rows("""
        INSERT INTO journal (block_number, block_hash, block_time, log_index, tx_hash, emitter, kind, account, venue, event, reverses)
        SELECT number, hash, time, index, tx, emitter, kind, account, venue, event::jsonb, reverses
        FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[],
          $10::text[], $11::bigint[]) WITH ORDINALITY
          AS e (number, hash, time, index, tx, emitter, kind, account, venue, event, reverses, place)
        ORDER BY place
        RETURNING id
        """,
        longs(entries, entry -> entry.event().position().blockNumber()),
        texts(entries, entry -> entry.event().position().blockHash().hex()),
        longs(entries, Entry::blockTime),
        longs(entries, entry -> entry.event().position().logIndex()),
        texts(entries, entry -> entry.event().position().txHash().hex()),
        texts(entries, entry -> entry.event().position().address().hex()),
        texts(entries, entry -> EventJson.kind(entry.event())),
        texts(entries, entry -> entry.account().map(Address::hex).orElse(null)),
        longs(entries, entry -> entry.venue().orElse(null)),
        texts(entries, entry -> EventJson.write(entry.event())),
        longs(entries, entry -> {
          Earlier last = earlier.get(key(entry.event().position()));
          return last == null ? null : last.id();
        })).stream().map(row -> row.getLong("id")).toList();
  }

  private void post(List<Entry> entries, List<Long> ids) {
    var journal = new ArrayList<Long>();
    var postings = new ArrayList<Posting>();
    for (int i = 0; i < entries.size(); i++) {
      for (Posting posting : entries.get(i).postings().postings()) {
        journal.add(ids.get(i));
        postings.add(posting);
      }
    }
    if (postings.isEmpty()) {
      return;
    }
    sql.update("""
        INSERT INTO posting (journal_id, ledger_account, asset, amount)
        SELECT journal, account, asset, amount::numeric
        FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) AS p (journal, account, asset, amount)
        """,
        journal.toArray(Long[]::new),
        texts(postings, Posting::ledgerAccount),
        texts(postings, Posting::asset),
        texts(postings, posting -> posting.amount().toString()));
  }

  /**
   * Undoes everything after a block: each entry in effect gets one that reverses it, with its postings negated.
   *
   * @return how many entries were undone
   */
  int undoAfter(long block) {
    int undone = sql.update("""
        INSERT INTO journal (block_number, block_hash, block_time, log_index, tx_hash, emitter, kind, account, venue, event, reverses, undo)
        SELECT block_number, block_hash, block_time, log_index, tx_hash, emitter, kind, account, venue, event, id, true
        FROM journal_in_effect WHERE block_number > $1 ORDER BY block_number DESC, log_index DESC
        """, block);
    sql.update("""
        INSERT INTO posting (journal_id, ledger_account, asset, amount)
        SELECT undoing.id, p.ledger_account, p.asset, -p.amount
        FROM journal undoing JOIN posting p ON p.journal_id = undoing.reverses
        WHERE undoing.undo AND undoing.block_number > $1
          AND NOT EXISTS (SELECT 1 FROM posting already WHERE already.journal_id = undoing.id)
        """, block);
    sql.update("UPDATE chain_block SET canonical = false WHERE canonical AND number > $1", block);
    return undone;
  }

  /** Every entry in effect, in chain order. */
  List<JournalEntry> inEffect() {
    return sql.rows("""
        SELECT id, block_number, block_hash, block_time, log_index, tx_hash, emitter, kind, event::text AS event
        FROM journal_in_effect ORDER BY block_number, log_index
        """).stream().map(JournalWriter::entry).toList();
  }

  private static JournalEntry entry(Row row) {
    var position = new LogPosition(
        row.getLong("block_number"),
        new Bytes32(row.getString("block_hash")),
        new Bytes32(row.getString("tx_hash")),
        row.getLong("log_index"),
        new Address(row.getString("emitter")));
    ChainEvent event = EventJson.read(row.getString("kind"), row.getString("event"), position);
    return new JournalEntry(row.getLong("id"), event, row.getLong("block_time"));
  }

  private static String key(LogPosition position) {
    return position.blockHash().hex() + ":" + position.logIndex();
  }

  private static <T> String[] texts(List<T> rows, Function<T, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static <T> Long[] longs(List<T> rows, Function<T, Long> column) {
    return rows.stream().map(column).toArray(Long[]::new);
  }
}
