package io.ringfence.chain.event;

import io.ringfence.chain.abi.Structs;
import io.ringfence.chain.generated.DefaultFund;
import io.ringfence.chain.generated.MemberSeries;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.DisputeOutcome;
import io.ringfence.chain.type.SettledCause;
import io.ringfence.chain.type.SkipCause;
import io.ringfence.chain.type.WithdrawalDoor;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/**
 * Turns logs into events, by their first topic alone: the vault emits the events of all its parts. Safe for use by many threads.
 */
public final class EventDecoder {
  private static final Bytes32 TRANSFER = new Bytes32("0xddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef");
  private static final int WORD_DIGITS = 64;

  private final Map<Bytes32, Shape> shapes = new HashMap<>();

  /** Turns a log of one kind, as the wrappers want it, into our record. */
  private interface Conversion {
    ChainEvent apply(Log log, LogPosition at);
  }

  /** An event's name and how it is decoded. */
  private record Shape(String name, Conversion conversion) {}

  /** A decoder of every event of Ringfence's contracts. */
  public EventDecoder() {
    add(Vault.ACCOUNTOPENED_EVENT, EventDecoder::accountOpened);
    add(Vault.ACCOUNTPLEDGED_EVENT, EventDecoder::accountPledged);
    add(Vault.ACCOUNTRELEASED_EVENT, EventDecoder::accountReleased);
    add(Vault.WITHDRAWN_EVENT, EventDecoder::withdrawn);
    add(Vault.WITHDRAWALREQUESTED_EVENT, EventDecoder::withdrawalRequested);
    add(Vault.WITHDRAWALCANCELLED_EVENT, EventDecoder::withdrawalCancelled);
    add(Vault.WITHDRAWALFINALISED_EVENT, EventDecoder::withdrawalFinalised);
    add(Vault.ADDRESSBOOKENTRY_EVENT, EventDecoder::addressBookEntry);
    add(Vault.ADDRESSBOOKSWITCHED_EVENT, EventDecoder::addressBookSwitched);
    add(Vault.DEBITCAPLOWERED_EVENT, EventDecoder::debitCapLowered);
    add(Vault.RELAYED_EVENT, EventDecoder::relayed);
    add(Vault.CHECKPOINTED_EVENT, EventDecoder::checkpointed);
    add(Vault.POOLOPENED_EVENT, EventDecoder::poolOpened);
    add(Vault.POOLCONTRIBUTED_EVENT, EventDecoder::poolContributed);
    add(Vault.SETTLEDCHANGED_EVENT, EventDecoder::settledChanged);
    add(Vault.CLAIMPAID_EVENT, EventDecoder::claimPaid);
    add(Vault.INKINDCHANGED_EVENT, EventDecoder::inKindChanged);
    add(Vault.VENUEREGISTERED_EVENT, EventDecoder::venueRegistered);
    add(Vault.VENUEPOLICY_EVENT, EventDecoder::venuePolicy);
    add(Vault.POLICYADOPTED_EVENT, EventDecoder::policyAdopted);
    add(Vault.QUORUMCHANGING_EVENT, EventDecoder::quorumChanging);
    add(Vault.QUORUMCHANGED_EVENT, EventDecoder::quorumChanged);
    add(Vault.VENUEPAUSED_EVENT, EventDecoder::venuePaused);
    add(Vault.VENUEFOUNDSUSPENDED_EVENT, EventDecoder::venueFoundSuspended);
    add(Vault.VENUEFAILED_EVENT, EventDecoder::venueFailed);
    add(Vault.EPOCHPOSTED_EVENT, EventDecoder::epochPosted);
    add(Vault.MARGINCALLED_EVENT, EventDecoder::marginCalled);
    add(Vault.MARGINCURED_EVENT, EventDecoder::marginCured);
    add(Vault.CALLLAPSED_EVENT, EventDecoder::callLapsed);
    add(Vault.DEFAULTDECLARED_EVENT, EventDecoder::defaultDeclared);
    add(Vault.OWEDREFRESHED_EVENT, EventDecoder::owedRefreshed);
    add(Vault.CLOSEOUTREPORTED_EVENT, EventDecoder::closeOutReported);
    add(Vault.EXCESSDRAWN_EVENT, EventDecoder::excessDrawn);
    add(Vault.LOSSFIXED_EVENT, EventDecoder::lossFixed);
    add(Vault.DEFAULTRESOLVED_EVENT, EventDecoder::defaultResolved);
    add(Vault.REWARDACCRUED_EVENT, EventDecoder::rewardAccrued);
    add(Vault.REWARDCOLLECTED_EVENT, EventDecoder::rewardCollected);
    add(Vault.LOTSTARTED_EVENT, EventDecoder::lotStarted);
    add(Vault.LOTRESET_EVENT, EventDecoder::lotReset);
    add(Vault.LOTTAKEN_EVENT, EventDecoder::lotTaken);
    add(Vault.LOTCLOSED_EVENT, EventDecoder::lotClosed);
    add(Vault.LOTTOFUND_EVENT, EventDecoder::lotToFund);
    add(DefaultFund.TRANCHECHANGED_EVENT, EventDecoder::trancheChanged);
    add(DefaultFund.STREAMCHANGED_EVENT, EventDecoder::streamChanged);
    add(DefaultFund.SERIESOPENED_EVENT, EventDecoder::seriesOpened);
    add(DefaultFund.SERIESCLOSED_EVENT, EventDecoder::seriesClosed);
    add(MemberSeries.REDEMPTIONNOTICED_EVENT, EventDecoder::redemptionNoticed);
    add(MemberSeries.NOTICEREDEEMED_EVENT, EventDecoder::noticeRedeemed);
    add(MemberSeries.NOTICECANCELLED_EVENT, EventDecoder::noticeCancelled);
    add(Vault.SETTLEMENTSKIPPED_EVENT, EventDecoder::settlementSkipped);
    add(Vault.SETTLED_EVENT, EventDecoder::settled);
    add(Vault.RELEASEREQUESTED_EVENT, EventDecoder::releaseRequested);
    add(Vault.RELEASECANCELLED_EVENT, EventDecoder::releaseCancelled);
    add(Vault.EXITSTATED_EVENT, EventDecoder::exitStated);
    add(Vault.EXITPAID_EVENT, EventDecoder::exitPaid);
    add(Vault.EXITED_EVENT, EventDecoder::exited);
    add(Vault.PORTED_EVENT, EventDecoder::ported);
    add(Vault.OWINGREGISTERED_EVENT, EventDecoder::owingRegistered);
    add(Vault.DISTRIBUTED_EVENT, EventDecoder::distributed);
    add(Vault.DISPUTED_EVENT, EventDecoder::disputed);
    add(Vault.DISPUTECAPCHANGED_EVENT, EventDecoder::disputeCapChanged);
    add(Vault.DISPUTEENDED_EVENT, EventDecoder::disputeEnded);
    add(Vault.DEMANDED_EVENT, EventDecoder::demanded);
    add(Vault.DEMANDANSWERED_EVENT, EventDecoder::demandAnswered);
    add(Vault.DEMANDUNANSWERED_EVENT, EventDecoder::demandUnanswered);
  }

  /**
   * The event that {@code log} is.
   *
   * @return empty for anonymous logs and events that Ringfence does not know
   * @throws MalformedLogException if the first topic is known and the rest does not fit it
   */
  public Optional<ChainEvent> decode(RawLog log) {
    if (log.topics().isEmpty()) {
      return Optional.empty();
    }
    Bytes32 topic = log.topics().getFirst();
    LogPosition at = new LogPosition(log.blockNumber(), log.blockHash(), log.txHash(), log.logIndex(), log.address());
    if (topic.equals(TRANSFER)) {
      return transfer(log, at);
    }
    Shape shape = shapes.get(topic);
    if (shape == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(shape.conversion().apply(wrapped(log), at));
    } catch (RuntimeException doesNotFit) {
      throw new MalformedLogException(shape.name(), log, doesNotFit);
    }
  }

  /** First topics of all events of Ringfence's own contracts, ERC-20 transfers not among them. */
  public Set<Bytes32> topics() {
    return Set.copyOf(shapes.keySet());
  }

  /** First topic of an ERC-20 transfer. */
  public static Bytes32 transferTopic() {
    return TRANSFER;
  }

  private void add(Event event, Conversion conversion) {
    shapes.put(new Bytes32(EventEncoder.encode(event)), new Shape(event.getName(), conversion));
  }

  /** By far the most frequent log, so it is taken apart directly. With a fourth topic it is an ERC-721 token's, which is none of ours. */
  private static Optional<ChainEvent> transfer(RawLog log, LogPosition at) {
    if (log.topics().size() == 4) {
      return Optional.empty();
    }
    if (log.topics().size() != 3 || log.data().length() != WORD_DIGITS / 2) {
      throw new MalformedLogException("Transfer", log,
          new IllegalArgumentException(log.topics().size() + " topics and " + log.data().length() + " bytes"));
    }
    return Optional.of(new ChainEvent.Transfer(at, Address.ofWord(log.topics().get(1)), Address.ofWord(log.topics().get(2)),
        new BigInteger(log.data().hex().substring(2), 16)));
  }

  private static Log wrapped(RawLog log) {
    Log wrapped = new Log();
    wrapped.setAddress(log.address().hex());
    wrapped.setTopics(log.topics().stream().map(Bytes32::hex).toList());
    wrapped.setData(log.data().hex());
    return wrapped;
  }

  private static ChainEvent accountOpened(Log log, LogPosition at) {
    Vault.AccountOpenedEventResponse e = Vault.getAccountOpenedEventFromLog(log);
    return new ChainEvent.AccountOpened(at, new Address(e.account), new Address(e.owner), e.number);
  }

  private static ChainEvent accountPledged(Log log, LogPosition at) {
    Vault.AccountPledgedEventResponse e = Vault.getAccountPledgedEventFromLog(log);
    return new ChainEvent.AccountPledged(
        at, new Address(e.account), e.venue.longValueExact(), e.index.longValueExact(), e.policyVersion.longValueExact(), e.debitCap);
  }

  private static ChainEvent accountReleased(Log log, LogPosition at) {
    Vault.AccountReleasedEventResponse e = Vault.getAccountReleasedEventFromLog(log);
    return new ChainEvent.AccountReleased(
        at, new Address(e.account), e.venue.longValueExact(), e.index.longValueExact(), e.settled, e.claim);
  }

  private static ChainEvent withdrawn(Log log, LogPosition at) {
    Vault.WithdrawnEventResponse e = Vault.getWithdrawnEventFromLog(log);
    return new ChainEvent.Withdrawn(
        at, new Address(e.account), new Address(e.token), new Address(e.to), e.amount, WithdrawalDoor.of(e.door.intValueExact()));
  }

  private static ChainEvent withdrawalRequested(Log log, LogPosition at) {
    Vault.WithdrawalRequestedEventResponse e = Vault.getWithdrawalRequestedEventFromLog(log);
    return new ChainEvent.WithdrawalRequested(at, new Address(e.account), new Address(e.token), e.amount, new Address(e.to));
  }

  private static ChainEvent withdrawalCancelled(Log log, LogPosition at) {
    Vault.WithdrawalCancelledEventResponse e = Vault.getWithdrawalCancelledEventFromLog(log);
    return new ChainEvent.WithdrawalCancelled(at, new Address(e.account), new Address(e.token));
  }

  private static ChainEvent withdrawalFinalised(Log log, LogPosition at) {
    Vault.WithdrawalFinalisedEventResponse e = Vault.getWithdrawalFinalisedEventFromLog(log);
    return new ChainEvent.WithdrawalFinalised(at, new Address(e.account), new Address(e.token), e.epoch.longValueExact());
  }

  private static ChainEvent addressBookEntry(Log log, LogPosition at) {
    Vault.AddressBookEntryEventResponse e = Vault.getAddressBookEntryEventFromLog(log);
    return new ChainEvent.AddressBookEntry(at, new Address(e.account), new Address(e.to), e.goodFrom.longValueExact());
  }

  private static ChainEvent addressBookSwitched(Log log, LogPosition at) {
    Vault.AddressBookSwitchedEventResponse e = Vault.getAddressBookSwitchedEventFromLog(log);
    return new ChainEvent.AddressBookSwitched(at, new Address(e.account), e.endsAt.longValueExact());
  }

  private static ChainEvent debitCapLowered(Log log, LogPosition at) {
    Vault.DebitCapLoweredEventResponse e = Vault.getDebitCapLoweredEventFromLog(log);
    return new ChainEvent.DebitCapLowered(at, new Address(e.account), e.cap, e.effectiveAt.longValueExact(), e.applied);
  }

  private static ChainEvent relayed(Log log, LogPosition at) {
    Vault.RelayedEventResponse e = Vault.getRelayedEventFromLog(log);
    return new ChainEvent.Relayed(at, new Address(e.owner), e.namespace, e.sequence.longValueExact(), new Address(e.relayer));
  }

  private static ChainEvent checkpointed(Log log, LogPosition at) {
    Vault.CheckpointedEventResponse e = Vault.getCheckpointedEventFromLog(log);
    return new ChainEvent.Checkpointed(
        at, e.venue.longValueExact(), e.blockNumber.longValueExact(), e.nextIndex.longValueExact(), e.base);
  }

  private static ChainEvent poolOpened(Log log, LogPosition at) {
    Vault.PoolOpenedEventResponse e = Vault.getPoolOpenedEventFromLog(log);
    return new ChainEvent.PoolOpened(at, e.venue.longValueExact(), new Address(e.pool));
  }

  private static ChainEvent poolContributed(Log log, LogPosition at) {
    Vault.PoolContributedEventResponse e = Vault.getPoolContributedEventFromLog(log);
    return new ChainEvent.PoolContributed(at, e.venue.longValueExact(), new Address(e.from), e.amount);
  }

  private static ChainEvent settledChanged(Log log, LogPosition at) {
    Vault.SettledChangedEventResponse e = Vault.getSettledChangedEventFromLog(log);
    return new ChainEvent.SettledChanged(
        at, new Address(e.account), e.venue.longValueExact(), e.delta, SettledCause.of(e.cause.intValueExact()));
  }

  private static ChainEvent claimPaid(Log log, LogPosition at) {
    Vault.ClaimPaidEventResponse e = Vault.getClaimPaidEventFromLog(log);
    return new ChainEvent.ClaimPaid(at, e.venue.longValueExact(), new Address(e.account), e.amount);
  }

  private static ChainEvent inKindChanged(Log log, LogPosition at) {
    Vault.InKindChangedEventResponse e = Vault.getInKindChangedEventFromLog(log);
    return new ChainEvent.InKindChanged(at, e.venue.longValueExact(), new Address(e.token), e.delta, e.value, new Address(e.who));
  }

  private static ChainEvent venueRegistered(Log log, LogPosition at) {
    Vault.VenueRegisteredEventResponse e = Vault.getVenueRegisteredEventFromLog(log);
    return new ChainEvent.VenueRegistered(
        at, e.venue.longValueExact(), new Address(e.venueKey), new Address(e.settlementAsset), new Address(e.pool),
        new Address(e.fund), e.policyVersion.longValueExact());
  }

  private static ChainEvent venuePolicy(Log log, LogPosition at) {
    Vault.VenuePolicyEventResponse e = Vault.getVenuePolicyEventFromLog(log);
    return new ChainEvent.VenuePolicy(
        at, e.venue.longValueExact(), e.policyVersion.longValueExact(), Structs.parameters(e.parameters),
        e.assets.stream().map(Structs::asset).toList(), e.bindsAt.longValueExact());
  }

  private static ChainEvent policyAdopted(Log log, LogPosition at) {
    Vault.PolicyAdoptedEventResponse e = Vault.getPolicyAdoptedEventFromLog(log);
    return new ChainEvent.PolicyAdopted(at, new Address(e.account), e.venue.longValueExact(), e.policyVersion.longValueExact());
  }

  private static ChainEvent quorumChanging(Log log, LogPosition at) {
    Vault.QuorumChangingEventResponse e = Vault.getQuorumChangingEventFromLog(log);
    return new ChainEvent.QuorumChanging(
        at, e.venue.longValueExact(), new Address(e.venueKey), new Address(e.guardian), e.attestors.stream().map(Address::new).toList(),
        e.threshold.intValueExact(), e.effectiveAt.longValueExact());
  }

  private static ChainEvent quorumChanged(Log log, LogPosition at) {
    Vault.QuorumChangedEventResponse e = Vault.getQuorumChangedEventFromLog(log);
    return new ChainEvent.QuorumChanged(
        at, e.venue.longValueExact(), new Address(e.venueKey), new Address(e.guardian), e.attestors.stream().map(Address::new).toList(),
        e.threshold.intValueExact());
  }

  private static ChainEvent venuePaused(Log log, LogPosition at) {
    Vault.VenuePausedEventResponse e = Vault.getVenuePausedEventFromLog(log);
    return new ChainEvent.VenuePaused(at, e.venue.longValueExact(), e.until.longValueExact());
  }

  private static ChainEvent venueFoundSuspended(Log log, LogPosition at) {
    Vault.VenueFoundSuspendedEventResponse e = Vault.getVenueFoundSuspendedEventFromLog(log);
    return new ChainEvent.VenueFoundSuspended(at, e.venue.longValueExact(), e.failsAt.longValueExact());
  }

  private static ChainEvent venueFailed(Log log, LogPosition at) {
    Vault.VenueFailedEventResponse e = Vault.getVenueFailedEventFromLog(log);
    return new ChainEvent.VenueFailed(at, e.venue.longValueExact());
  }

  private static ChainEvent epochPosted(Log log, LogPosition at) {
    Vault.EpochPostedEventResponse e = Vault.getEpochPostedEventFromLog(log);
    return new ChainEvent.EpochPosted(
        at, e.venue.longValueExact(), e.epoch.longValueExact(), Bytes32.of(e.structHash), Structs.header(e.header),
        Structs.prices(e.prices));
  }

  private static ChainEvent marginCalled(Log log, LogPosition at) {
    Vault.MarginCalledEventResponse e = Vault.getMarginCalledEventFromLog(log);
    return new ChainEvent.MarginCalled(
        at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.initialMargin, e.deadline.longValueExact(),
        e.maintenance, new Address(e.caller));
  }

  private static ChainEvent marginCured(Log log, LogPosition at) {
    Vault.MarginCuredEventResponse e = Vault.getMarginCuredEventFromLog(log);
    return new ChainEvent.MarginCured(at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact());
  }

  private static ChainEvent callLapsed(Log log, LogPosition at) {
    Vault.CallLapsedEventResponse e = Vault.getCallLapsedEventFromLog(log);
    return new ChainEvent.CallLapsed(at, new Address(e.account), e.venue.longValueExact());
  }

  private static ChainEvent defaultDeclared(Log log, LogPosition at) {
    Vault.DefaultDeclaredEventResponse e = Vault.getDefaultDeclaredEventFromLog(log);
    return new ChainEvent.DefaultDeclared(
        at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.owed, new Address(e.declarer));
  }

  private static ChainEvent owedRefreshed(Log log, LogPosition at) {
    Vault.OwedRefreshedEventResponse e = Vault.getOwedRefreshedEventFromLog(log);
    return new ChainEvent.OwedRefreshed(at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.net);
  }

  private static ChainEvent closeOutReported(Log log, LogPosition at) {
    Vault.CloseOutReportedEventResponse e = Vault.getCloseOutReportedEventFromLog(log);
    return new ChainEvent.CloseOutReported(
        at, new Address(e.account), e.venue.longValueExact(), e.finalNet, Bytes32.of(e.evidence), e.higher);
  }

  private static ChainEvent excessDrawn(Log log, LogPosition at) {
    Vault.ExcessDrawnEventResponse e = Vault.getExcessDrawnEventFromLog(log);
    return new ChainEvent.ExcessDrawn(at, e.venue.longValueExact(), e.excess, e.paid);
  }

  private static ChainEvent lossFixed(Log log, LogPosition at) {
    Vault.LossFixedEventResponse e = Vault.getLossFixedEventFromLog(log);
    return new ChainEvent.LossFixed(at, new Address(e.account), e.venue.longValueExact(), e.loss, e.finalNet);
  }

  private static ChainEvent defaultResolved(Log log, LogPosition at) {
    Vault.DefaultResolvedEventResponse e = Vault.getDefaultResolvedEventFromLog(log);
    return new ChainEvent.DefaultResolved(
        at, new Address(e.account), e.venue.longValueExact(), e.loss, e.fromAccount, e.fromVenue, e.fromMembers, e.shortfall,
        e.reward, e.penalty);
  }

  private static ChainEvent rewardAccrued(Log log, LogPosition at) {
    Vault.RewardAccruedEventResponse e = Vault.getRewardAccruedEventFromLog(log);
    return new ChainEvent.RewardAccrued(at, new Address(e.beneficiary), new Address(e.token), e.amount);
  }

  private static ChainEvent rewardCollected(Log log, LogPosition at) {
    Vault.RewardCollectedEventResponse e = Vault.getRewardCollectedEventFromLog(log);
    return new ChainEvent.RewardCollected(at, new Address(e.beneficiary), new Address(e.token), e.amount);
  }

  private static ChainEvent lotStarted(Log log, LogPosition at) {
    Vault.LotStartedEventResponse e = Vault.getLotStartedEventFromLog(log);
    return new ChainEvent.LotStarted(
        at, e.lot, new Address(e.account), new Address(e.token), e.amount, e.startPrice, e.floorPrice, e.startTime.longValueExact(),
        e.duration.longValueExact());
  }

  private static ChainEvent lotReset(Log log, LogPosition at) {
    Vault.LotResetEventResponse e = Vault.getLotResetEventFromLog(log);
    return new ChainEvent.LotReset(at, e.lot, e.startPrice, e.floorPrice, e.startTime.longValueExact(), e.resets.intValueExact());
  }

  private static ChainEvent lotTaken(Log log, LogPosition at) {
    Vault.LotTakenEventResponse e = Vault.getLotTakenEventFromLog(log);
    return new ChainEvent.LotTaken(at, e.lot, new Address(e.taker), new Address(e.receiver), e.amount, e.price, e.payment);
  }

  private static ChainEvent lotClosed(Log log, LogPosition at) {
    Vault.LotClosedEventResponse e = Vault.getLotClosedEventFromLog(log);
    return new ChainEvent.LotClosed(at, e.lot, e.unsold);
  }

  private static ChainEvent lotToFund(Log log, LogPosition at) {
    Vault.LotToFundEventResponse e = Vault.getLotToFundEventFromLog(log);
    return new ChainEvent.LotToFund(at, e.lot, e.amount, e.payment);
  }

  private static ChainEvent trancheChanged(Log log, LogPosition at) {
    DefaultFund.TrancheChangedEventResponse e = DefaultFund.getTrancheChangedEventFromLog(log);
    return new ChainEvent.TrancheChanged(at, e.tranche.intValueExact(), e.delta, e.assets);
  }

  private static ChainEvent streamChanged(Log log, LogPosition at) {
    DefaultFund.StreamChangedEventResponse e = DefaultFund.getStreamChangedEventFromLog(log);
    return new ChainEvent.StreamChanged(at, e.unreleased, e.endsAt.longValueExact());
  }

  private static ChainEvent seriesOpened(Log log, LogPosition at) {
    DefaultFund.SeriesOpenedEventResponse e = DefaultFund.getSeriesOpenedEventFromLog(log);
    return new ChainEvent.SeriesOpened(at, e.number.longValueExact(), new Address(e.series));
  }

  private static ChainEvent seriesClosed(Log log, LogPosition at) {
    DefaultFund.SeriesClosedEventResponse e = DefaultFund.getSeriesClosedEventFromLog(log);
    return new ChainEvent.SeriesClosed(at, e.number.longValueExact(), new Address(e.series), e.residue);
  }

  private static ChainEvent redemptionNoticed(Log log, LogPosition at) {
    MemberSeries.RedemptionNoticedEventResponse e = MemberSeries.getRedemptionNoticedEventFromLog(log);
    return new ChainEvent.RedemptionNoticed(
        at, e.id, new Address(e.member), e.shares, e.maturesAt.longValueExact(), e.closesAt.longValueExact());
  }

  private static ChainEvent noticeRedeemed(Log log, LogPosition at) {
    MemberSeries.NoticeRedeemedEventResponse e = MemberSeries.getNoticeRedeemedEventFromLog(log);
    return new ChainEvent.NoticeRedeemed(at, e.id, e.shares, e.left, e.closesAt.longValueExact());
  }

  private static ChainEvent noticeCancelled(Log log, LogPosition at) {
    MemberSeries.NoticeCancelledEventResponse e = MemberSeries.getNoticeCancelledEventFromLog(log);
    return new ChainEvent.NoticeCancelled(at, e.id, e.shares);
  }

  private static ChainEvent settlementSkipped(Log log, LogPosition at) {
    Vault.SettlementSkippedEventResponse e = Vault.getSettlementSkippedEventFromLog(log);
    return new ChainEvent.SettlementSkipped(
        at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), SkipCause.of(e.cause.intValueExact()));
  }

  private static ChainEvent settled(Log log, LogPosition at) {
    Vault.SettledEventResponse e = Vault.getSettledEventFromLog(log);
    return new ChainEvent.Settled(
        at, e.venue.longValueExact(), e.epoch.longValueExact(), e.first.longValueExact(), e.count.longValueExact());
  }

  private static ChainEvent releaseRequested(Log log, LogPosition at) {
    Vault.ReleaseRequestedEventResponse e = Vault.getReleaseRequestedEventFromLog(log);
    return new ChainEvent.ReleaseRequested(at, new Address(e.account), e.venue.longValueExact(), e.freezesAt.longValueExact());
  }

  private static ChainEvent releaseCancelled(Log log, LogPosition at) {
    Vault.ReleaseCancelledEventResponse e = Vault.getReleaseCancelledEventFromLog(log);
    return new ChainEvent.ReleaseCancelled(at, new Address(e.account), e.venue.longValueExact());
  }

  private static ChainEvent exitStated(Log log, LogPosition at) {
    Vault.ExitStatedEventResponse e = Vault.getExitStatedEventFromLog(log);
    return new ChainEvent.ExitStated(
        at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.net, e.challengeUntil.longValueExact());
  }

  private static ChainEvent exitPaid(Log log, LogPosition at) {
    Vault.ExitPaidEventResponse e = Vault.getExitPaidEventFromLog(log);
    return new ChainEvent.ExitPaid(at, new Address(e.account), e.venue.longValueExact(), e.paid, e.left, new Address(e.payer));
  }

  private static ChainEvent exited(Log log, LogPosition at) {
    Vault.ExitedEventResponse e = Vault.getExitedEventFromLog(log);
    return new ChainEvent.Exited(at, new Address(e.account), e.venue.longValueExact(), e.net, e.shortfall);
  }

  private static ChainEvent ported(Log log, LogPosition at) {
    Vault.PortedEventResponse e = Vault.getPortedEventFromLog(log);
    return new ChainEvent.Ported(at, new Address(e.account), e.from.longValueExact(), e.to.longValueExact(), e.net);
  }

  private static ChainEvent owingRegistered(Log log, LogPosition at) {
    Vault.OwingRegisteredEventResponse e = Vault.getOwingRegisteredEventFromLog(log);
    return new ChainEvent.OwingRegistered(at, e.venue.longValueExact(), new Address(e.account), e.owing);
  }

  private static ChainEvent distributed(Log log, LogPosition at) {
    Vault.DistributedEventResponse e = Vault.getDistributedEventFromLog(log);
    return new ChainEvent.Distributed(at, e.venue.longValueExact(), new Address(e.account), e.amount);
  }

  private static ChainEvent disputed(Log log, LogPosition at) {
    Vault.DisputedEventResponse e = Vault.getDisputedEventFromLog(log);
    return new ChainEvent.Disputed(at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.capNet, e.bond);
  }

  private static ChainEvent disputeCapChanged(Log log, LogPosition at) {
    Vault.DisputeCapChangedEventResponse e = Vault.getDisputeCapChangedEventFromLog(log);
    return new ChainEvent.DisputeCapChanged(at, new Address(e.account), e.capNet);
  }

  private static ChainEvent disputeEnded(Log log, LogPosition at) {
    Vault.DisputeEndedEventResponse e = Vault.getDisputeEndedEventFromLog(log);
    return new ChainEvent.DisputeEnded(at, new Address(e.account), DisputeOutcome.of(e.outcome.intValueExact()), e.bond);
  }

  private static ChainEvent demanded(Log log, LogPosition at) {
    Vault.DemandedEventResponse e = Vault.getDemandedEventFromLog(log);
    return new ChainEvent.Demanded(
        at, new Address(e.account), e.venue.longValueExact(), new Address(e.payer), e.fee, e.answerBy.longValueExact());
  }

  private static ChainEvent demandAnswered(Log log, LogPosition at) {
    Vault.DemandAnsweredEventResponse e = Vault.getDemandAnsweredEventFromLog(log);
    return new ChainEvent.DemandAnswered(
        at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), Structs.leaf(e.leaf), Data.of(e.siblings));
  }

  private static ChainEvent demandUnanswered(Log log, LogPosition at) {
    Vault.DemandUnansweredEventResponse e = Vault.getDemandUnansweredEventFromLog(log);
    return new ChainEvent.DemandUnanswered(at, new Address(e.account), e.venue.longValueExact(), e.distinct.longValueExact());
  }
}
