package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.service.store.Sql;
import java.util.List;

/** Tables that say how things stand, derived from the journal and nothing else: they can be emptied and derived again. */
final class Projections {
  private static final List<String> TABLES = List.of("account", "pledge", "venue", "venue_asset", "withdrawal_request", "claim",
      "margin_call", "default_case", "auction_lot", "take", "settlement_skip", "posted_epoch", "fund_series");

  private final Sql sql;
  private final AccountProjection accounts;
  private final VenueProjection venues;
  private final DefaultProjection defaults;
  private final AuctionProjection auctions;

  Projections(Sql sql) {
    this.sql = sql;
    this.accounts = new AccountProjection(sql);
    this.venues = new VenueProjection(sql);
    this.defaults = new DefaultProjection(sql);
    this.auctions = new AuctionProjection(sql);
  }

  /** Empties all of them and derives them from {@code entries}. */
  void rebuild(List<JournalEntry> entries) {
    TABLES.forEach(table -> sql.update("DELETE FROM " + table));
    sql.update("UPDATE epoch SET state = 'signed', posted_tx = NULL, posted_block = NULL WHERE state = 'posted'");
    entries.forEach(this::apply);
  }

  /** Brings them up to date with one more entry. */
  void apply(JournalEntry entry) {
    switch (entry.event()) {
      case ChainEvent.AccountOpened e -> accounts.apply(e);
      case ChainEvent.AccountPledged e -> accounts.apply(e);
      case ChainEvent.AccountReleased e -> accounts.apply(e);
      case ChainEvent.ExitStated e -> accounts.isNow(e.account(), AccountStatus.EXITING);
      case ChainEvent.WithdrawalRequested e -> accounts.apply(e, entry.id());
      case ChainEvent.WithdrawalCancelled e -> accounts.apply(e);
      case ChainEvent.WithdrawalFinalised e -> accounts.apply(e);
      case ChainEvent.DebitCapLowered e -> accounts.apply(e);
      case ChainEvent.PolicyAdopted e -> accounts.apply(e);
      case ChainEvent.ClaimPaid e -> accounts.apply(e);
      case ChainEvent.VenueRegistered e -> venues.apply(e);
      case ChainEvent.VenuePolicy e -> venues.apply(e);
      case ChainEvent.QuorumChanged e -> venues.apply(e);
      case ChainEvent.SeriesOpened e -> venues.apply(e);
      case ChainEvent.SeriesClosed e -> venues.apply(e);
      case ChainEvent.EpochPosted e -> venues.apply(e, entry.blockTime());
      case ChainEvent.MarginCalled e -> {
        defaults.apply(e, entry.id());
        accounts.isNow(e.account(), AccountStatus.CALLED);
      }
      case ChainEvent.MarginCured e -> {
        defaults.apply(e);
        accounts.isNow(e.account(), AccountStatus.ACTIVE);
      }
      case ChainEvent.CallLapsed e -> {
        defaults.apply(e);
        accounts.isNow(e.account(), AccountStatus.ACTIVE);
      }
      case ChainEvent.DefaultDeclared e -> {
        defaults.apply(e, entry.blockTime());
        accounts.isNow(e.account(), AccountStatus.CLOSING_OUT);
      }
      case ChainEvent.CloseOutReported e -> defaults.apply(e, entry.blockTime());
      case ChainEvent.LossFixed e -> {
        defaults.apply(e);
        accounts.isNow(e.account(), AccountStatus.LOSS_FIXED);
      }
      case ChainEvent.DefaultResolved e -> defaults.apply(e);
      case ChainEvent.SettlementSkipped e -> defaults.apply(e, entry.id());
      case ChainEvent.LotStarted e -> auctions.apply(e);
      case ChainEvent.LotReset e -> auctions.apply(e);
      case ChainEvent.LotTaken e -> auctions.apply(e, entry.id());
      case ChainEvent.LotToFund e -> auctions.apply(e, entry.id());
      case ChainEvent.LotClosed e -> auctions.apply(e);
      case ChainEvent.InKindChanged e -> auctions.apply(e);
      case ChainEvent.Transfer _, ChainEvent.Withdrawn _, ChainEvent.AddressBookEntry _, ChainEvent.AddressBookSwitched _,
          ChainEvent.Relayed _, ChainEvent.Checkpointed _, ChainEvent.PoolOpened _, ChainEvent.PoolContributed _,
          ChainEvent.SettledChanged _, ChainEvent.Settled _, ChainEvent.QuorumChanging _, ChainEvent.VenuePaused _,
          ChainEvent.VenueFoundSuspended _, ChainEvent.VenueFailed _, ChainEvent.OwedRefreshed _, ChainEvent.ExcessDrawn _,
          ChainEvent.TrancheChanged _, ChainEvent.StreamChanged _, ChainEvent.RedemptionNoticed _, ChainEvent.NoticeRedeemed _,
          ChainEvent.NoticeCancelled _, ChainEvent.RewardAccrued _, ChainEvent.RewardCollected _, ChainEvent.ReleaseRequested _,
          ChainEvent.ReleaseCancelled _, ChainEvent.ExitPaid _, ChainEvent.Exited _, ChainEvent.Ported _,
          ChainEvent.OwingRegistered _, ChainEvent.Distributed _, ChainEvent.Disputed _, ChainEvent.DisputeCapChanged _,
          ChainEvent.DisputeEnded _, ChainEvent.Demanded _, ChainEvent.DemandAnswered _, ChainEvent.DemandUnanswered _ -> { }
    }
  }
}
