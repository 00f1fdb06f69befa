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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Intents in the database. A nonce, its intent and the signed bytes are one row in one SQL transaction; a replacement is a row of its own.
 * Nonces of one sender are handed out under an advisory lock, so several processes may share the table.
 */
public final class SqlIntentStore implements IntentStore {

  private static final String COLUMNS =
      "id, replacement, sender, nonce, to_address, data, signed, hash, fees ->> 'max' AS max_fee, fees ->> 'priority' AS priority_fee, "
          + "value, gas_limit, state, mined_as, created_at";

  private final Jdbi jdbi;

  /** A store in {@code jdbi}'s database. */
  public SqlIntentStore(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  @Override
  public StoredIntent save(Intent intent, Address sender, long lowestNonce, LongFunction<Attempt> signing) {
    return jdbi.inTransaction(handle -> {
      handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", "intent:" + sender.hex());
      Optional<StoredIntent> kept = find(handle, intent.id());
      if (kept.isPresent()) {
        kept.get().requireSame(intent, sender);
        return kept.get();
      }
      long next = handle.createQuery("SELECT coalesce(max(nonce) + 1, 0) FROM intent WHERE sender = :sender")
          .bind("sender", sender.hex()).mapTo(Long.class).one();
      long nonce = Math.max(lowestNonce, next);
      StoredIntent fresh =
          new StoredIntent(intent, sender, nonce, List.of(signing.apply(nonce)), IntentState.SIGNED, Optional.empty());
      insert(handle, fresh, 0, fresh.newest());
      return fresh;
    });
  }

  @Override
  public void addAttempt(String id, Attempt attempt) {
    jdbi.useTransaction(handle -> {
      StoredIntent kept = find(handle, id).orElseThrow(() -> new IllegalStateException("there is no intent " + id + " to replace"));
      insert(handle, kept, kept.attempts().size(), attempt);
    });
  }

  @Override
  public void mark(String id, IntentState state, Optional<Bytes32> minedAs) {
    jdbi.useHandle(handle -> handle
        .createUpdate("UPDATE intent SET state = :state, mined_as = coalesce(:mined, mined_as), updated_at = now() WHERE id = :id")
        .bind("state", state.name()).bind("mined", minedAs.map(Bytes32::hex).orElse(null)).bind("id", id).execute());
  }

  @Override
  public Optional<StoredIntent> find(String id) {
    return jdbi.withHandle(handle -> find(handle, id));
  }

  @Override
  public List<StoredIntent> open(Address sender) {
    return jdbi.withHandle(handle -> assemble(handle
        .createQuery("SELECT " + COLUMNS + " FROM intent"
            + " WHERE sender = :sender AND state IN ('SIGNED', 'BROADCAST') ORDER BY nonce, replacement")
        .bind("sender", sender.hex()).map((row, context) -> Row.of(row)).list()));
  }

  @Override
  public Optional<StoredIntent> at(Address sender, long nonce) {
    return jdbi.withHandle(handle -> assemble(handle
        .createQuery("SELECT " + COLUMNS + " FROM intent WHERE sender = :sender AND nonce = :nonce ORDER BY replacement")
        .bind("sender", sender.hex()).bind("nonce", nonce).map((row, context) -> Row.of(row)).list())).stream().findFirst();
  }

  private static Optional<StoredIntent> find(Handle handle, String id) {
    return assemble(handle.createQuery("SELECT " + COLUMNS + " FROM intent WHERE id = :id ORDER BY replacement")
        .bind("id", id).map((row, context) -> Row.of(row)).list()).stream().findFirst();
  }

  private static void insert(Handle handle, StoredIntent stored, int replacement, Attempt attempt) {
    handle.createUpdate("""
            INSERT INTO intent (id, replacement, sender, nonce, to_address, data, signed, hash, fees, value, gas_limit, state, created_at)
            VALUES (:id, :replacement, :sender, :nonce, :to, :data, :signed, :hash,
              jsonb_build_object('max', :max::text, 'priority', :priority::text), :value, :gas, :state, :created)
            """)
        .bind("id", stored.intent().id())
        .bind("replacement", replacement)
        .bind("sender", stored.sender().hex())
        .bind("nonce", stored.nonce())
        .bind("to", stored.intent().to().hex())
        .bind("data", stored.intent().data().bytes())
        .bind("signed", attempt.signed().bytes())
        .bind("hash", attempt.txHash().hex())
        .bind("max", attempt.fees().maxFeePerGas().toString())
        .bind("priority", attempt.fees().maxPriorityFeePerGas().toString())
        .bind("value", new BigDecimal(stored.intent().value()))
        .bind("gas", stored.intent().gasLimit().isPresent() ? stored.intent().gasLimit().getAsLong() : null)
        .bind("state", stored.state().name())
        .bind("created", OffsetDateTime.ofInstant(attempt.createdAt(), ZoneOffset.UTC))
        .execute();
  }

  private static List<StoredIntent> assemble(List<Row> rows) {
    Map<String, List<Row>> byId = new LinkedHashMap<>();
    rows.forEach(row -> byId.computeIfAbsent(row.intent().id(), id -> new ArrayList<>()).add(row));
    return byId.values().stream().map(attempts -> {
      Row first = attempts.getFirst();
      return new StoredIntent(
          first.intent(), first.sender(), first.nonce(), attempts.stream().map(Row::attempt).toList(), first.state(), first.minedAs());
    }).toList();
  }

  private record Row(Intent intent, Address sender, long nonce, Attempt attempt, IntentState state, Optional<Bytes32> minedAs) {

    static Row of(ResultSet row) throws SQLException {
      long gas = row.getLong("gas_limit");
      OptionalLong gasLimit = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(gas);
      Intent intent = new Intent(
          row.getString("id"),
          new Address(row.getString("to_address")),
          Data.of(row.getBytes("data")),
          row.getBigDecimal("value").toBigIntegerExact(),
          gasLimit);
      Attempt attempt = new Attempt(
          new Bytes32(row.getString("hash")),
          Data.of(row.getBytes("signed")),
          new Fees(new BigInteger(row.getString("max_fee")), new BigInteger(row.getString("priority_fee"))),
          row.getObject("created_at", OffsetDateTime.class).toInstant());
      return new Row(
          intent,
          new Address(row.getString("sender")),
          row.getLong("nonce"),
          attempt,
          IntentState.valueOf(row.getString("state")),
          Optional.ofNullable(row.getString("mined_as")).map(Bytes32::new));
    }
  }
}
