package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.service.store.Sql;

/** Lots and what was taken of them, as the auction's events tell them. */
final class AuctionProjection {
  private final Sql sql;

  AuctionProjection(Sql sql) {
    this.sql = sql;
  }

  /** A lot's id is its pledge and asset: one that was closed can be live again under the same id. */
  void apply(ChainEvent.LotStarted e) {
    sql.update("""
        INSERT INTO auction_lot (lot, account, venue, idx, token, amount, remaining, start_price, floor_price, start_time, duration, state,
          started_block)
        SELECT $1::text::numeric, address, venue, idx, $3, $4::text::numeric, $4::text::numeric, $5::text::numeric, $6::text::numeric,
          $7, $8,
          'live', $9
        FROM account WHERE address = $2
        ON CONFLICT (lot) DO UPDATE SET amount = excluded.amount, remaining = excluded.remaining, start_price = excluded.start_price,
          floor_price = excluded.floor_price, start_time = excluded.start_time, duration = excluded.duration, resets = 0,
          state = 'live', started_block = excluded.started_block, closed_block = NULL, unsold = NULL
        """, e.lot().toString(), e.account().hex(), e.token().hex(), e.amount().toString(), e.startPrice().toString(),
        e.floorPrice().toString(), e.startTime(), e.duration(), e.position().blockNumber());
  }

  void apply(ChainEvent.LotReset e) {
    sql.update("""
        UPDATE auction_lot SET start_price = $2::text::numeric, floor_price = $3::text::numeric, start_time = $4, resets = $5
        WHERE lot = $1::text::numeric
        """, e.lot().toString(), e.startPrice().toString(), e.floorPrice().toString(), e.startTime(), e.resets());
  }

  void apply(ChainEvent.LotTaken e, long id) {
    sql.update("UPDATE auction_lot SET remaining = remaining - $2::text::numeric WHERE lot = $1::text::numeric",
        e.lot().toString(), e.amount().toString());
    sql.update("""
        INSERT INTO take (id, lot, taker, receiver, amount, price, payment, block)
        VALUES ($1, $2::text::numeric, $3, $4, $5::text::numeric, $6::text::numeric, $7::text::numeric, $8)
        """, id, e.lot().toString(), e.taker().hex(), e.receiver().hex(), e.amount().toString(), e.price().toString(),
        e.payment().toString(), e.position().blockNumber());
  }

  void apply(ChainEvent.LotToFund e, long id) {
    sql.update("UPDATE auction_lot SET remaining = remaining - $2::text::numeric WHERE lot = $1::text::numeric",
        e.lot().toString(), e.amount().toString());
    sql.update("""
        INSERT INTO take (id, lot, amount, payment, block) VALUES ($1, $2::text::numeric, $3::text::numeric, $4::text::numeric, $5)
        """, id, e.lot().toString(), e.amount().toString(), e.payment().toString(), e.position().blockNumber());
  }

  /** With the loss fixed, what passes to the pool in kind is of the lot of that asset. */
  void apply(ChainEvent.InKindChanged e) {
    sql.update("""
        UPDATE auction_lot SET remaining = remaining - $3::text::numeric
        WHERE account = $1 AND token = $2 AND state = 'live'
          AND EXISTS (SELECT 1 FROM account WHERE address = $1 AND status = 'LOSS_FIXED')
        """, e.who().hex(), e.token().hex(), e.delta().toString());
  }

  void apply(ChainEvent.LotClosed e) {
    sql.update("UPDATE auction_lot SET state = 'closed', closed_block = $2, unsold = $3::text::numeric WHERE lot = $1::text::numeric",
        e.lot().toString(), e.position().blockNumber(), e.unsold().toString());
  }
}
