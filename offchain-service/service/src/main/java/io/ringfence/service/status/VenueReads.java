package io.ringfence.service.status;

import io.ringfence.reserves.EpochHeader;
import io.ringfence.service.domain.AcceptedAsset;
import io.ringfence.service.domain.AuctionLot;
import io.ringfence.service.domain.DefaultCase;
import io.ringfence.service.domain.Epoch;
import io.ringfence.service.domain.ListedInstrument;
import io.ringfence.service.domain.LotTake;
import io.ringfence.service.domain.MarginCall;
import io.ringfence.service.domain.RegisteredVenue;
import io.ringfence.service.epoch.EpochJson;
import io.ringfence.service.ledger.Ledger;
import io.ringfence.service.ledger.LedgerAccounts;
import io.ringfence.service.status.Views.CallView;
import io.ringfence.service.status.Views.DefaultView;
import io.ringfence.service.status.Views.EpochLine;
import io.ringfence.service.status.Views.EpochView;
import io.ringfence.service.status.Views.FundView;
import io.ringfence.service.status.Views.InstrumentView;
import io.ringfence.service.status.Views.LotView;
import io.ringfence.service.status.Views.VenueView;
import io.ringfence.service.store.Entities;
import io.ringfence.service.venue.Venue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;

/** The venue's own things, one by one, for the read endpoints. */
@Singleton
class VenueReads {

  private static final int LIMIT = 500;

  private final Entities entities;
  private final Ledger ledger;
  private final Venue venue;

  VenueReads(Entities entities, Ledger ledger, Venue venue) {
    this.entities = entities;
    this.ledger = ledger;
    this.venue = venue;
  }

  Optional<VenueView> venue() {
    return entities.find(RegisteredVenue.class, id()).map(found -> VenueView.of(found,
        entities.list(AcceptedAsset.class, "from AcceptedAsset where venue = :venue order by position", Map.of("venue", id()))));
  }

  List<InstrumentView> instruments() {
    return entities.list(ListedInstrument.class, "from ListedInstrument where venue = :venue order by name", Map.of("venue", id()))
        .stream().map(InstrumentView::of).toList();
  }

  List<CallView> calls() {
    return entities.list(MarginCall.class, "from MarginCall where venue = :venue order by id desc", Map.of("venue", id()), LIMIT)
        .stream().map(CallView::of).toList();
  }

  List<DefaultView> defaults() {
    return entities
        .list(DefaultCase.class, "from DefaultCase where venue = :venue order by declaredBlock desc, index desc",
            Map.of("venue", id()), LIMIT)
        .stream().map(DefaultView::of).toList();
  }

  List<LotView> auctions() {
    return entities.inTransaction(session -> session
        .createSelectionQuery("from AuctionLot where venue = :venue order by startedBlock desc, lot desc", AuctionLot.class)
        .setParameter("venue", id()).setMaxResults(LIMIT).getResultList()
        .chain(lots -> takes(session, lots).map(takes -> lots.stream()
            .map(lot -> LotView.of(lot, since(lot, takes.getOrDefault(lot.lot(), List.of()))))
            .toList())));
  }

  /** Without those of an earlier sale under the same number. */
  private static List<LotTake> since(AuctionLot lot, List<LotTake> takes) {
    return takes.stream().filter(take -> take.block() >= lot.startedBlock()).toList();
  }

  private static Uni<Map<BigInteger, List<LotTake>>> takes(Mutiny.Session session, List<AuctionLot> lots) {
    if (lots.isEmpty()) {
      return Uni.createFrom().item(Map.of());
    }
    List<BigInteger> numbers = lots.stream().map(AuctionLot::lot).toList();
    return Entities.list(session, LotTake.class, "from LotTake where lot in :lots order by id", Map.of("lots", numbers))
        .map(takes -> takes.stream().collect(Collectors.groupingBy(LotTake::lot)));
  }

  Optional<FundView> fund() {
    return entities.find(RegisteredVenue.class, id()).map(found -> new FundView(
        found.fund(),
        found.pool(),
        found.settlementAsset(),
        balance(LedgerAccounts.tranche(id(), 1), found),
        balance(LedgerAccounts.tranche(id(), 2), found),
        balance(LedgerAccounts.pool(id()), found)));
  }

  private String balance(String ledgerAccount, RegisteredVenue of) {
    return ledger.balance(ledgerAccount, of.settlementAsset(), Ledger.NEWEST).toString();
  }

  /** Newest first, numbers below {@code before}. */
  List<EpochLine> epochs(long before, int limit) {
    return entities.list(EpochRow.class, """
        select new io.ringfence.service.status.EpochRow(
          e.epoch, e.snapshotBlock, e.structHash, e.state, e.settles, e.postedTx, p.block, p.time, e.header)
        from Epoch e left join PostedEpoch p on p.venue = e.venue and p.epoch = e.epoch
        where e.venue = :venue and e.epoch < :before order by e.epoch desc
        """, Map.of("venue", id(), "before", before), limit)
        .stream().map(VenueReads::line).toList();
  }

  private static EpochLine line(EpochRow row) {
    EpochHeader header = EpochJson.readHeader(row.header());
    return new EpochLine(row.epoch(), row.snapshotBlock(), row.structHash(), row.state(), row.settles(), row.postedTx(), row.block(),
        row.time(), header.root().hex(), header.totalCredit().toString(), header.totalDebit().toString(), header.accounts());
  }

  Optional<EpochView> epoch(long epoch) {
    return entities.find(Epoch.class, new Epoch.Key(id(), epoch)).map(EpochView::of);
  }

  private long id() {
    return venue.id();
  }
}
