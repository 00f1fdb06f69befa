package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.service.store.Sql;

/** Calls, defaults and skipped settlements, as the default manager's and the settlement's events tell them. */
final class DefaultProjection {
  private final Sql sql;

  DefaultProjection(Sql sql) {
    this.sql = sql;
  }

  /** A second call of an account that is called already only brings the deadline nearer. */
  void apply(ChainEvent.MarginCalled e, long id) {
    int nearer = sql.update("""
        UPDATE margin_call SET epoch = $2, initial_margin = $3::text::numeric, deadline = $4, maintenance = $5
        WHERE account = $1 AND state = 'open'
        """, e.account().hex(), e.epoch(), e.initialMargin().toString(), e.deadline(), e.maintenance());
    if (nearer == 0) {
      sql.update("""
          INSERT INTO margin_call (id, account, venue, idx, epoch, initial_margin, deadline, maintenance, caller, called_block, state)
          SELECT $1, address, $3, idx, $4, $5::text::numeric, $6, $7, $8, $9, 'open' FROM account WHERE address = $2
          """, id, e.account().hex(), e.venue(), e.epoch(), e.initialMargin().toString(), e.deadline(), e.maintenance(),
          e.caller().hex(), e.position().blockNumber());
    }
  }

  void apply(ChainEvent.MarginCured e) {
    endCall(e.account().hex(), "cured", e.position().blockNumber());
  }

  void apply(ChainEvent.CallLapsed e) {
    endCall(e.account().hex(), "lapsed", e.position().blockNumber());
  }

  void apply(ChainEvent.DefaultDeclared e, long time) {
    endCall(e.account().hex(), "defaulted", e.position().blockNumber());
    sql.update("""
        INSERT INTO default_case (account, venue, idx, state, epoch, owed, declarer, declared_block, declared_time)
        SELECT address, $2, idx, 'closing-out', $3, $4::text::numeric, $5, $6, $7 FROM account WHERE address = $1
        """, e.account().hex(), e.venue(), e.epoch(), e.owed().toString(), e.declarer().hex(), e.position().blockNumber(), time);
  }

  void apply(ChainEvent.CloseOutReported e, long time) {
    sql.update("""
        UPDATE default_case SET state = 'reported', reported_block = $2, reported_time = $3, final_net = $4::text::numeric, evidence = $5
        WHERE account = $1 AND state <> 'resolved'
        """, e.account().hex(), e.position().blockNumber(), time, e.finalNet().toString(), e.evidence().hex());
  }

  void apply(ChainEvent.LossFixed e) {
    sql.update("""
        UPDATE default_case SET state = 'loss-fixed', fixed_block = $2, loss = $3::text::numeric, final_net = $4::text::numeric
        WHERE account = $1 AND state <> 'resolved'
        """, e.account().hex(), e.position().blockNumber(), e.loss().toString(), e.finalNet().toString());
  }

  void apply(ChainEvent.DefaultResolved e) {
    sql.update("""
        UPDATE default_case SET state = 'resolved', resolved_block = $2, loss = $3::text::numeric, from_account = $4::text::numeric,
          from_venue = $5::text::numeric, from_members = $6::text::numeric, shortfall = $7::text::numeric, reward = $8::text::numeric,
          penalty = $9::text::numeric
        WHERE account = $1 AND state <> 'resolved'
        """, e.account().hex(), e.position().blockNumber(), e.loss().toString(), e.fromAccount().toString(), e.fromVenue().toString(),
        e.fromMembers().toString(), e.shortfall().toString(), e.reward().toString(), e.penalty().toString());
  }

  void apply(ChainEvent.SettlementSkipped e, long id) {
    sql.update("INSERT INTO settlement_skip (id, account, venue, epoch, reason, block) VALUES ($1, $2, $3, $4, $5, $6)",
        id, e.account().hex(), e.venue(), e.epoch(), e.cause().name(), e.position().blockNumber());
  }

  private void endCall(String account, String state, long block) {
    sql.update("UPDATE margin_call SET state = $2, ended_block = $3 WHERE account = $1 AND state = 'open'", account, state, block);
  }
}
