package io.ringfence.service.transaction;

import io.ringfence.chain.rpc.Fees;
import io.ringfence.chain.tx.Attempt;
import io.ringfence.chain.tx.Intent;
import io.ringfence.chain.tx.IntentState;
import io.ringfence.chain.tx.IntentStore;
import io.ringfence.chain.tx.StoredIntent;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/**
 * Intents in the database. A nonce, its intent and the signed bytes are one row in one SQL transaction; a replacement is a row of its own.
 * Nonces of one sender are handed out under an advisory lock, so several processes may share the table.
 */
public final class SqlIntentStore implements IntentStore {

  private static final String ATTEMPTS = """
      SELECT id, replacement, sender, nonce, to_address, data, signed, hash, fees ->> 'max' AS max_fee, fees ->> 'priority' AS priority_fee,
        value, gas_limit, state, mined_as, created_at
      FROM intent
      """;

  private final Database database;

  /** A store in this database. */
  public SqlIntentStore(Database database) {
    this.database = database;
  }

  @Override
  public StoredIntent save(Intent intent, Address sender, long lowestNonce, LongFunction<Attempt> signing) {
    return database.inTransaction(sql -> {
      sql.row("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "intent:" + sender.hex());
      Optional<StoredIntent> kept = find(sql, intent.id());
      if (kept.isPresent()) {
        kept.get().requireSame(intent, sender);
        return kept.get();
      }
      long next = sql.one("SELECT coalesce(max(nonce) + 1, 0) AS nonce FROM intent WHERE sender = $1", sender.hex()).getLong("nonce");
      long nonce = Math.max(lowestNonce, next);
      StoredIntent fresh =
          new StoredIntent(intent, sender, nonce, List.of(signing.apply(nonce)), IntentState.SIGNED, Optional.empty());
      insert(sql, fresh, 0, fresh.newest());
      return fresh;
    });
  }

  @Override
  public void addAttempt(String id, Attempt attempt) {
    database.useTransaction(sql -> {
      StoredIntent kept = find(sql, id).orElseThrow(() -> new IllegalStateException("there is no intent " + id + " to replace"));
      insert(sql, kept, kept.attempts().size(), attempt);
    });
  }

  @Override
  public void mark(String id, IntentState state, Optional<Bytes32> minedAs) {
    database.useTransaction(sql -> sql.update(
        "UPDATE intent SET state = $2, mined_as = coalesce($3, mined_as), updated_at = now() WHERE id = $1",
        id, state.name(), minedAs.map(Bytes32::hex).orElse(null)));
  }

  @Override
  public Optional<StoredIntent> find(String id) {
    return database.inTransaction(sql -> find(sql, id));
  }

  @Override
  public List<StoredIntent> open(Address sender) {
    return database.inTransaction(sql -> assemble(sql.rows(
        ATTEMPTS + "WHERE sender = $1 AND state IN ('SIGNED', 'BROADCAST') ORDER BY nonce, replacement", sender.hex())));
  }

  @Override
  public Optional<StoredIntent> at(Address sender, long nonce) {
    return database.inTransaction(sql -> assemble(sql.rows(
        ATTEMPTS + "WHERE sender = $1 AND nonce = $2 ORDER BY replacement", sender.hex(), nonce))).stream().findFirst();
  }

  private static Optional<StoredIntent> find(Sql sql, String id) {
    return assemble(sql.rows(ATTEMPTS + "WHERE id = $1 ORDER BY replacement", id)).stream().findFirst();
  }

  private static void insert(Sql sql, StoredIntent stored, int replacement, Attempt attempt) {
    OptionalLong gasLimit = stored.intent().gasLimit();
    sql.update("""
        INSERT INTO intent (id, replacement, sender, nonce, to_address, data, signed, hash, fees, value, gas_limit, state, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, jsonb_build_object('max', $9::text, 'priority', $10::text), $11::text::numeric, $12, $13,
          $14)
        """,
        stored.intent().id(),
        replacement,
        stored.sender().hex(),
        stored.nonce(),
        stored.intent().to().hex(),
        Buffer.buffer(stored.intent().data().bytes()),
        Buffer.buffer(attempt.signed().bytes()),
        attempt.txHash().hex(),
        attempt.fees().maxFeePerGas().toString(),
        attempt.fees().maxPriorityFeePerGas().toString(),
        stored.intent().value().toString(),
        gasLimit.isPresent() ? (Object) gasLimit.getAsLong() : null,
        stored.state().name(),
        attempt.createdAt().atOffset(ZoneOffset.UTC));
  }

  private static List<StoredIntent> assemble(List<Row> rows) {
    Map<String, List<Row>> byId = new LinkedHashMap<>();
    rows.forEach(row -> byId.computeIfAbsent(row.getString("id"), id -> new ArrayList<>()).add(row));
    return byId.values().stream().map(SqlIntentStore::stored).toList();
  }

  /** The intent of these rows, which are its attempts in the order they were made. */
  private static StoredIntent stored(List<Row> rows) {
    Row first = rows.getFirst();
    Long gasLimit = first.getLong("gas_limit");
    Intent intent = new Intent(
        first.getString("id"),
        new Address(first.getString("to_address")),
        Data.of(first.getBuffer("data").getBytes()),
        Exact.whole(first, "value"),
        gasLimit == null ? OptionalLong.empty() : OptionalLong.of(gasLimit));
    return new StoredIntent(
        intent,
        new Address(first.getString("sender")),
        first.getLong("nonce"),
        rows.stream().map(SqlIntentStore::attempt).toList(),
        IntentState.valueOf(first.getString("state")),
        Optional.ofNullable(first.getString("mined_as")).map(Bytes32::new));
  }

  private static Attempt attempt(Row row) {
    return new Attempt(
        new Bytes32(row.getString("hash")),
        Data.of(row.getBuffer("signed").getBytes()),
        new Fees(new BigInteger(row.getString("max_fee")), new BigInteger(row.getString("priority_fee"))),
        row.getOffsetDateTime("created_at").toInstant());
  }
}
