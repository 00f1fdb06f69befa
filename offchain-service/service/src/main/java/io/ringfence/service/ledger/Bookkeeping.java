package io.ringfence.service.ledger;

import static io.ringfence.service.ledger.LedgerAccounts.fund;
import static io.ringfence.service.ledger.LedgerAccounts.inKind;
import static io.ringfence.service.ledger.LedgerAccounts.inKindAsset;
import static io.ringfence.service.ledger.LedgerAccounts.inKindTotal;
import static io.ringfence.service.ledger.LedgerAccounts.settled;
import static io.ringfence.service.ledger.LedgerAccounts.settledAsset;
import static io.ringfence.service.ledger.LedgerAccounts.settledTotal;
import static io.ringfence.service.ledger.LedgerAccounts.tranche;

import io.ringfence.chain.event.ChainEvent;

/**
 * What each event posts. Money is posted from the token's own transfer alone: the contracts' events tell only why it moved, and what they
 * count without moving any: settled counters, tranches, the value of what a pool holds in kind.
 */
public final class Bookkeeping {
  private Bookkeeping() {}

  /** The postings of {@code event}. */
  public static PostingSet postings(ChainEvent event, Holders holders) {
    return switch (event) {
      case ChainEvent.Transfer e ->
          PostingSet.move(e.position().address().hex(), holders.nameOf(e.from()), holders.nameOf(e.to()), e.amount());
      case ChainEvent.SettledChanged e ->
          PostingSet.move(settledAsset(e.venue()), settledTotal(e.venue()), settled(e.account()), e.delta());
      case ChainEvent.AccountReleased e ->
          PostingSet.move(settledAsset(e.venue()), settled(e.account()), settledTotal(e.venue()), e.settled());
      case ChainEvent.TrancheChanged e -> holders.fund(e.position().address())
          .map(at -> PostingSet.move(at.settlementAsset().hex(), fund(at.venue()), tranche(at.venue(), e.tranche()), e.delta()))
          .orElse(PostingSet.NONE);
      case ChainEvent.InKindChanged e ->
          PostingSet.move(inKindAsset(e.venue()), inKindTotal(e.venue()), inKind(e.venue(), e.token()), e.value());
      case ChainEvent.AccountOpened _, ChainEvent.AccountPledged _, ChainEvent.Withdrawn _,
          ChainEvent.WithdrawalRequested _, ChainEvent.WithdrawalCancelled _, ChainEvent.WithdrawalFinalised _, ChainEvent.Checkpointed _,
          ChainEvent.PoolOpened _, ChainEvent.PoolContributed _, ChainEvent.ClaimPaid _, ChainEvent.VenueRegistered _,
          ChainEvent.VenuePolicy _, ChainEvent.EpochPosted _, ChainEvent.MarginCalled _, ChainEvent.MarginCured _, ChainEvent.CallLapsed _,
          ChainEvent.DefaultDeclared _, ChainEvent.CloseOutReported _, ChainEvent.LossFixed _, ChainEvent.DefaultResolved _,
          ChainEvent.LotStarted _, ChainEvent.LotReset _, ChainEvent.LotTaken _, ChainEvent.LotClosed _, ChainEvent.LotToFund _,
          ChainEvent.RedemptionNoticed _, ChainEvent.RewardAccrued _, ChainEvent.RewardCollected _, ChainEvent.SettlementSkipped _,
          ChainEvent.AddressBookEntry _, ChainEvent.AddressBookSwitched _, ChainEvent.DebitCapLowered _, ChainEvent.Relayed _,
          ChainEvent.PolicyAdopted _, ChainEvent.QuorumChanging _, ChainEvent.QuorumChanged _, ChainEvent.VenuePaused _,
          ChainEvent.VenueFoundSuspended _, ChainEvent.VenueFailed _, ChainEvent.OwedRefreshed _, ChainEvent.ExcessDrawn _,
          ChainEvent.StreamChanged _, ChainEvent.SeriesOpened _, ChainEvent.SeriesClosed _, ChainEvent.NoticeRedeemed _,
          ChainEvent.NoticeCancelled _, ChainEvent.Settled _, ChainEvent.ReleaseRequested _, ChainEvent.ReleaseCancelled _,
          ChainEvent.ExitStated _, ChainEvent.ExitPaid _, ChainEvent.Exited _, ChainEvent.Ported _, ChainEvent.OwingRegistered _,
          ChainEvent.Distributed _, ChainEvent.Disputed _, ChainEvent.DisputeCapChanged _, ChainEvent.DisputeEnded _, ChainEvent.Demanded _,
          ChainEvent.DemandAnswered _, ChainEvent.DemandUnanswered _ ->
          PostingSet.NONE;
    };
  }
}
