package io.ringfence.service.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.service.store.Sql;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Venues, their assets and their roots, as the registry's and the log's events tell them. */
final class VenueProjection {
  private final Sql sql;

  VenueProjection(Sql sql) {
    this.sql = sql;
  }

  void apply(ChainEvent.VenueRegistered e) {
    sql.update("""
        INSERT INTO venue (id, venue_key, settlement_asset, pool, fund, policy_version, block) VALUES ($1, $2, $3, $4, $5, $6, $7)
        """, e.venue(), e.venueKey().hex(), e.settlementAsset().hex(), e.pool().hex(), e.fund().hex(), e.policyVersion(),
        e.position().blockNumber());
  }

  void apply(ChainEvent.VenuePolicy e) {
    JsonNode parameters = EventJson.tree(e).get("parameters");
    sql.update("UPDATE venue SET policy_version = $2, parameters = $3 WHERE id = $1",
        e.venue(), e.policyVersion(), new JsonObject(parameters.toString()));
    sql.update("DELETE FROM venue_asset WHERE venue = $1", e.venue());
    List<AssetConfig> assets = e.assets();
    for (int position = 0; position < assets.size(); position++) {
      AssetConfig asset = assets.get(position);
      sql.update("""
          INSERT INTO venue_asset (venue, position, token, decimals, haircut_bps, feed, feed_decimals, max_age)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
          """, e.venue(), position, asset.token().hex(), asset.decimals(), asset.haircutBps(), asset.feed().hex(), asset.feedDecimals(),
          asset.maxAge());
    }
  }

  void apply(ChainEvent.QuorumChanged e) {
    sql.update("UPDATE venue SET venue_key = $2, guardian = $3, attestors = $4, threshold = $5 WHERE id = $1",
        e.venue(), e.venueKey().hex(), e.guardian().hex(), e.attestors().stream().map(Address::hex).toArray(String[]::new), e.threshold());
  }

  void apply(ChainEvent.SeriesOpened e) {
    sql.update("INSERT INTO fund_series (fund, number, series, opened_block) VALUES ($1, $2, $3, $4)",
        e.position().address().hex(), e.number(), e.series().hex(), e.position().blockNumber());
  }

  void apply(ChainEvent.SeriesClosed e) {
    sql.update("UPDATE fund_series SET closed_block = $3, residue = $4::text::numeric WHERE fund = $1 AND number = $2",
        e.position().address().hex(), e.number(), e.position().blockNumber(), e.residue().toString());
  }

  void apply(ChainEvent.EpochPosted e, long time) {
    sql.update("""
        INSERT INTO posted_epoch (venue, epoch, struct_hash, snapshot_block, block, time, tx_hash, accounts, root, total_credit,
          total_debit,
          settles)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text::numeric, $11::text::numeric, $12)
        """, e.venue(), e.epoch(), e.structHash().hex(), e.header().snapshotBlock(), e.position().blockNumber(), time,
        e.position().txHash().hex(), e.header().accounts(), e.header().root().hex(), e.header().totalCredit().toString(),
        e.header().totalDebit().toString(), e.header().settles());
    sql.update("""
        UPDATE epoch SET state = 'posted', posted_tx = $4, posted_block = $5 WHERE venue = $1 AND epoch = $2 AND struct_hash = $3
        """, e.venue(), e.epoch(), e.structHash().hex(), e.position().txHash().hex(), e.position().blockNumber());
  }
}
