package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.type.Address;
import io.ringfence.service.ledger.Holders;
import java.util.Optional;

/** Which account and venue an event is about, so that the journal can be read by either. */
final class EventSubject {
  private EventSubject() {}

  /** The segregated account; of a transfer between two of them, the one that receives. */
  static Optional<Address> account(ChainEvent event, Holders holders) {
    return switch (event) {
      case ChainEvent.AccountOpened e -> Optional.of(e.account());
      case ChainEvent.AccountPledged e -> Optional.of(e.account());
      case ChainEvent.AccountReleased e -> Optional.of(e.account());
      case ChainEvent.Withdrawn e -> Optional.of(e.account());
      case ChainEvent.WithdrawalRequested e -> Optional.of(e.account());
      case ChainEvent.WithdrawalCancelled e -> Optional.of(e.account());
      case ChainEvent.WithdrawalFinalised e -> Optional.of(e.account());
      case ChainEvent.SettledChanged e -> Optional.of(e.account());
      case ChainEvent.ClaimPaid e -> Optional.of(e.account());
      case ChainEvent.MarginCalled e -> Optional.of(e.account());
      case ChainEvent.MarginCured e -> Optional.of(e.account());
      case ChainEvent.CallLapsed e -> Optional.of(e.account());
      case ChainEvent.DefaultDeclared e -> Optional.of(e.account());
      case ChainEvent.CloseOutReported e -> Optional.of(e.account());
      case ChainEvent.LossFixed e -> Optional.of(e.account());
      case ChainEvent.DefaultResolved e -> Optional.of(e.account());
      case ChainEvent.LotStarted e -> Optional.of(e.account());
      case ChainEvent.SettlementSkipped e -> Optional.of(e.account());
      case ChainEvent.AddressBookEntry e -> Optional.of(e.account());
      case ChainEvent.AddressBookSwitched e -> Optional.of(e.account());
      case ChainEvent.DebitCapLowered e -> Optional.of(e.account());
      case ChainEvent.PolicyAdopted e -> Optional.of(e.account());
      case ChainEvent.OwedRefreshed e -> Optional.of(e.account());
      case ChainEvent.ReleaseRequested e -> Optional.of(e.account());
      case ChainEvent.ReleaseCancelled e -> Optional.of(e.account());
      case ChainEvent.ExitStated e -> Optional.of(e.account());
      case ChainEvent.ExitPaid e -> Optional.of(e.account());
      case ChainEvent.Exited e -> Optional.of(e.account());
      case ChainEvent.Ported e -> Optional.of(e.account());
      case ChainEvent.OwingRegistered e -> Optional.of(e.account());
      case ChainEvent.Distributed e -> Optional.of(e.account());
      case ChainEvent.Disputed e -> Optional.of(e.account());
      case ChainEvent.DisputeCapChanged e -> Optional.of(e.account());
      case ChainEvent.DisputeEnded e -> Optional.of(e.account());
      case ChainEvent.Demanded e -> Optional.of(e.account());
      case ChainEvent.DemandAnswered e -> Optional.of(e.account());
      case ChainEvent.DemandUnanswered e -> Optional.of(e.account());
      case ChainEvent.InKindChanged e -> Optional.of(e.who()).filter(holders::isAccount);
      case ChainEvent.Transfer e ->
          Optional.of(e.to()).filter(holders::isAccount).or(() -> Optional.of(e.from()).filter(holders::isAccount));
      case ChainEvent.Checkpointed _, ChainEvent.PoolOpened _, ChainEvent.PoolContributed _, ChainEvent.VenueRegistered _,
          ChainEvent.VenuePolicy _, ChainEvent.QuorumChanging _, ChainEvent.QuorumChanged _, ChainEvent.VenuePaused _,
          ChainEvent.VenueFoundSuspended _, ChainEvent.VenueFailed _, ChainEvent.EpochPosted _, ChainEvent.Settled _,
          ChainEvent.ExcessDrawn _, ChainEvent.LotReset _, ChainEvent.LotTaken _, ChainEvent.LotClosed _, ChainEvent.LotToFund _,
          ChainEvent.TrancheChanged _, ChainEvent.StreamChanged _, ChainEvent.SeriesOpened _, ChainEvent.SeriesClosed _,
          ChainEvent.RedemptionNoticed _, ChainEvent.NoticeRedeemed _, ChainEvent.NoticeCancelled _, ChainEvent.RewardAccrued _,
          ChainEvent.RewardCollected _, ChainEvent.Relayed _ ->
          Optional.empty();
    };
  }

  /** The venue. */
  static Optional<Long> venue(ChainEvent event, Holders holders) {
    return switch (event) {
      case ChainEvent.AccountPledged e -> Optional.of(e.venue());
      case ChainEvent.AccountReleased e -> Optional.of(e.venue());
      case ChainEvent.Checkpointed e -> Optional.of(e.venue());
      case ChainEvent.PoolOpened e -> Optional.of(e.venue());
      case ChainEvent.PoolContributed e -> Optional.of(e.venue());
      case ChainEvent.SettledChanged e -> Optional.of(e.venue());
      case ChainEvent.ClaimPaid e -> Optional.of(e.venue());
      case ChainEvent.VenueRegistered e -> Optional.of(e.venue());
      case ChainEvent.VenuePolicy e -> Optional.of(e.venue());
      case ChainEvent.EpochPosted e -> Optional.of(e.venue());
      case ChainEvent.MarginCalled e -> Optional.of(e.venue());
      case ChainEvent.MarginCured e -> Optional.of(e.venue());
      case ChainEvent.CallLapsed e -> Optional.of(e.venue());
      case ChainEvent.DefaultDeclared e -> Optional.of(e.venue());
      case ChainEvent.CloseOutReported e -> Optional.of(e.venue());
      case ChainEvent.LossFixed e -> Optional.of(e.venue());
      case ChainEvent.DefaultResolved e -> Optional.of(e.venue());
      case ChainEvent.SettlementSkipped e -> Optional.of(e.venue());
      case ChainEvent.PolicyAdopted e -> Optional.of(e.venue());
      case ChainEvent.QuorumChanging e -> Optional.of(e.venue());
      case ChainEvent.QuorumChanged e -> Optional.of(e.venue());
      case ChainEvent.VenuePaused e -> Optional.of(e.venue());
      case ChainEvent.VenueFoundSuspended e -> Optional.of(e.venue());
      case ChainEvent.VenueFailed e -> Optional.of(e.venue());
      case ChainEvent.OwedRefreshed e -> Optional.of(e.venue());
      case ChainEvent.ExcessDrawn e -> Optional.of(e.venue());
      case ChainEvent.InKindChanged e -> Optional.of(e.venue());
      case ChainEvent.Settled e -> Optional.of(e.venue());
      case ChainEvent.ReleaseRequested e -> Optional.of(e.venue());
      case ChainEvent.ReleaseCancelled e -> Optional.of(e.venue());
      case ChainEvent.ExitStated e -> Optional.of(e.venue());
      case ChainEvent.ExitPaid e -> Optional.of(e.venue());
      case ChainEvent.Exited e -> Optional.of(e.venue());
      case ChainEvent.OwingRegistered e -> Optional.of(e.venue());
      case ChainEvent.Distributed e -> Optional.of(e.venue());
      case ChainEvent.Disputed e -> Optional.of(e.venue());
      case ChainEvent.Demanded e -> Optional.of(e.venue());
      case ChainEvent.DemandAnswered e -> Optional.of(e.venue());
      case ChainEvent.DemandUnanswered e -> Optional.of(e.venue());
      case ChainEvent.Ported e -> Optional.of(e.to());
      case ChainEvent.TrancheChanged e -> holders.fund(e.position().address()).map(Holders.Fund::venue);
      case ChainEvent.StreamChanged e -> holders.fund(e.position().address()).map(Holders.Fund::venue);
      case ChainEvent.SeriesOpened e -> holders.fund(e.position().address()).map(Holders.Fund::venue);
      case ChainEvent.SeriesClosed e -> holders.fund(e.position().address()).map(Holders.Fund::venue);
      case ChainEvent.RedemptionNoticed e -> holders.fundOfSeries(e.position().address()).map(Holders.Fund::venue);
      case ChainEvent.NoticeRedeemed e -> holders.fundOfSeries(e.position().address()).map(Holders.Fund::venue);
      case ChainEvent.NoticeCancelled e -> holders.fundOfSeries(e.position().address()).map(Holders.Fund::venue);
      case ChainEvent.AccountOpened _, ChainEvent.Withdrawn _, ChainEvent.WithdrawalRequested _,
          ChainEvent.WithdrawalCancelled _, ChainEvent.WithdrawalFinalised _, ChainEvent.AddressBookEntry _,
          ChainEvent.AddressBookSwitched _, ChainEvent.DebitCapLowered _, ChainEvent.Relayed _,
          ChainEvent.LotStarted _, ChainEvent.LotReset _, ChainEvent.LotTaken _, ChainEvent.LotClosed _, ChainEvent.LotToFund _,
          ChainEvent.RewardAccrued _, ChainEvent.RewardCollected _, ChainEvent.DisputeCapChanged _, ChainEvent.DisputeEnded _,
          ChainEvent.Transfer _ ->
          Optional.empty();
    };
  }
}
