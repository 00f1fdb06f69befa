package io.ringfence.service.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.service.store.Database;
import io.ringfence.service.venue.Venue;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The queries behind the read endpoints. Balances are sums of postings. */
@Singleton
class VenueReads {

  /** Positions in the newest root that had expired by its time: those that were settled are no positions any more. */
  private static final String STALE = """
      (SELECT jsonb_agg(open ->> 'instrument') FROM jsonb_array_elements(l.positions) open
        JOIN epoch e ON e.venue = l.venue AND e.epoch = l.epoch
        WHERE to_date(substring(open ->> 'instrument' FROM '^[A-Z0-9]+-([0-9]{8})'), 'YYYYMMDD') + interval '8 hours'
          <= to_timestamp((e.market ->> 'asOf')::bigint) AT TIME ZONE 'UTC')
      """;

  private static final String ACCOUNTS = """
      SELECT a.address AS "account", a.owner, a.number, a.idx AS "index", a.status, a.pledged_block AS "pledgedBlock",
        l.epoch, l.credit, l.debit, l.credit - l.debit AS "net", l.im AS "initialMargin", l.mm AS "maintenanceMargin", l.positions,
        %s AS "stale",
        (SELECT coalesce(sum(p.amount), 0) FROM posting p
          WHERE p.ledger_account = 'settled:' || a.address AND p.asset = 'settled:' || $1::bigint) AS "settled",
        (SELECT jsonb_object_agg(held.asset, held.amount::text) FROM (SELECT p.asset, sum(p.amount) AS amount FROM posting p
          WHERE p.ledger_account = 'account:' || a.address GROUP BY p.asset) held) AS "balances"
      FROM account a
      LEFT JOIN epoch_leaf l ON l.venue = a.venue AND l.idx = a.idx
        AND l.epoch = (SELECT max(epoch) FROM epoch WHERE venue = $1 AND state = 'posted')
      WHERE (a.venue = $1 OR EXISTS (SELECT 1 FROM pledge WHERE pledge.venue = $1 AND pledge.account = a.address))
      """.formatted(STALE);

  private static final String TIMELINE = """
      SELECT id, block_number AS "block", block_time AS "time", tx_hash AS "transaction", kind, account, event
      FROM journal
      WHERE NOT undo AND NOT EXISTS (SELECT 1 FROM journal later WHERE later.reverses = journal.id)
        AND (venue = $1 OR venue IS NULL AND account IS NOT NULL AND kind <> 'Transfer') AND kind <> 'Checkpointed'
      """;

  private final Database database;
  private final Venue venue;

  VenueReads(Database database, Venue venue) {
    this.database = database;
    this.venue = venue;
  }

  List<ObjectNode> accounts() {
    return rows(ACCOUNTS + " ORDER BY a.idx NULLS LAST, a.address");
  }

  Optional<ObjectNode> account(String account) {
    return rows(ACCOUNTS + " AND a.address = $2", account).stream().findFirst();
  }

  /** Only what the chain shows anybody. */
  List<ObjectNode> publicAccounts() {
    return rows("""
        SELECT a.address AS "account", a.idx AS "index", a.status,
          (SELECT coalesce(sum(p.amount), 0) FROM posting p
            WHERE p.ledger_account = 'settled:' || a.address AND p.asset = 'settled:' || $1::bigint) AS "settled",
          (SELECT jsonb_object_agg(held.asset, held.amount::text) FROM (SELECT p.asset, sum(p.amount) AS amount FROM posting p
            WHERE p.ledger_account = 'account:' || a.address GROUP BY p.asset) held) AS "balances"
        FROM account a WHERE a.venue = $1 ORDER BY a.idx
        """);
  }

  List<ObjectNode> calls() {
    return rows("""
        SELECT account, idx AS "index", epoch, initial_margin AS "initialMargin", deadline, maintenance, caller,
          called_block AS "calledBlock", state, ended_block AS "endedBlock"
        FROM margin_call WHERE venue = $1 ORDER BY id DESC LIMIT 500
        """);
  }

  List<ObjectNode> defaults() {
    return rows("""
        SELECT account, idx AS "index", state, epoch, owed, declarer, declared_time AS "declaredTime", final_net AS "finalNet", evidence,
          loss, from_account AS "fromAccount", from_venue AS "fromVenue", from_members AS "fromMembers", shortfall, reward, penalty,
          resolved_block AS "resolvedBlock"
        FROM default_case WHERE venue = $1 ORDER BY declared_block DESC LIMIT 500
        """);
  }

  List<ObjectNode> auctions() {
    return rows("""
        SELECT lot, account, token, amount, remaining, start_price AS "startPrice", floor_price AS "floorPrice", start_time AS "startTime",
          duration, resets, state, unsold,
          (SELECT coalesce(jsonb_agg(jsonb_build_object('taker', t.taker, 'amount', t.amount::text, 'price', t.price::text,
            'payment', t.payment::text, 'block', t.block) ORDER BY t.id), '[]') FROM take t WHERE t.lot = l.lot) AS "takes"
        FROM auction_lot l WHERE venue = $1 ORDER BY lot DESC LIMIT 500
        """);
  }

  Optional<ObjectNode> fund() {
    return rows("""
        SELECT v.fund, v.pool, v.settlement_asset AS "settlementAsset",
          (SELECT coalesce(sum(amount), 0) FROM posting WHERE ledger_account = 'tranche:' || $1::bigint || ':1') AS "venueTranche",
          (SELECT coalesce(sum(amount), 0) FROM posting WHERE ledger_account = 'tranche:' || $1::bigint || ':2') AS "memberTranche",
          (SELECT coalesce(sum(amount), 0) FROM posting
            WHERE ledger_account = 'pool:' || $1::bigint AND asset = v.settlement_asset) AS "poolBalance"
        FROM venue v WHERE v.id = $1
        """).stream().findFirst();
  }

  List<ObjectNode> epochs(long before, int limit) {
    return rows("""
        SELECT e.epoch, e.snapshot_block AS "snapshotBlock", e.struct_hash AS "structHash", e.state, e.settles, e.posted_tx AS "postedTx",
          p.block AS "postedBlock", p.time AS "postedTime", e.header ->> 'root' AS "root", e.header ->> 'totalCredit' AS "totalCredit",
          e.header ->> 'totalDebit' AS "totalDebit", (e.header ->> 'accounts')::bigint AS "accounts"
        FROM epoch e LEFT JOIN posted_epoch p USING (venue, epoch)
        WHERE venue = $1 AND epoch < $2 ORDER BY epoch DESC LIMIT $3
        """, before, limit);
  }

  List<ObjectNode> expiries() {
    return rows("""
        SELECT client_id AS "id", underlying, to_char(expiry AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "expiry", price,
          (SELECT count(*) FROM fill WHERE venue = $1 AND kind = 'expiry'
            AND starts_with(instrument, underlying || '-' || to_char(expiry AT TIME ZONE 'UTC', 'YYYYMMDD'))) AS "booked"
        FROM settlement_price WHERE venue = $1 ORDER BY expiry DESC, underlying LIMIT 500
        """);
  }

  Optional<ObjectNode> epoch(long epoch) {
    return rows("""
        SELECT epoch, state, struct_hash AS "structHash", header, signatures, prices, market, params AS "parameters",
          posted_tx AS "postedTx", posted_block AS "postedBlock"
        FROM epoch WHERE venue = $1 AND epoch = $2
        """, epoch).stream().findFirst();
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
