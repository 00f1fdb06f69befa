package io.ringfence.chain.event;

import io.ringfence.chain.abi.Structs;
import io.ringfence.chain.generated.IAttestationLog;
import io.ringfence.chain.generated.ICollateralVault;
import io.ringfence.chain.generated.IDefaultFund;
import io.ringfence.chain.generated.IDefaultManager;
import io.ringfence.chain.generated.ILiquidationAuction;
import io.ringfence.chain.generated.ISettlement;
import io.ringfence.chain.generated.IVenueRegistry;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.SeizeCause;
import io.ringfence.chain.type.SettledCause;
import io.ringfence.chain.type.WithdrawalDoor;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.datatypes.Event;
import org.web3j.protocol.core.methods.response.Log;

/** Turns logs into events. Safe for use by many threads. */
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
    add(ICollateralVault.ACCOUNTOPENED_EVENT, EventDecoder::accountOpened);
    add(ICollateralVault.ACCOUNTPLEDGED_EVENT, EventDecoder::accountPledged);
    add(ICollateralVault.ACCOUNTRELEASED_EVENT, EventDecoder::accountReleased);
    add(ICollateralVault.STATUSCHANGED_EVENT, EventDecoder::statusChanged);
    add(ICollateralVault.WITHDRAWN_EVENT, EventDecoder::withdrawn);
    add(ICollateralVault.WITHDRAWALREQUESTED_EVENT, EventDecoder::withdrawalRequested);
    add(ICollateralVault.WITHDRAWALCANCELLED_EVENT, EventDecoder::withdrawalCancelled);
    add(ICollateralVault.WITHDRAWALFINALISED_EVENT, EventDecoder::withdrawalFinalised);
    add(ICollateralVault.CHECKPOINTED_EVENT, EventDecoder::checkpointed);
    add(ICollateralVault.POOLOPENED_EVENT, EventDecoder::poolOpened);
    add(ICollateralVault.POOLCONTRIBUTED_EVENT, EventDecoder::poolContributed);
    add(ICollateralVault.SETTLEDCHANGED_EVENT, EventDecoder::settledChanged);
    add(ICollateralVault.SEIZED_EVENT, EventDecoder::seized);
    add(ICollateralVault.CLAIMPAID_EVENT, EventDecoder::claimPaid);
    add(IVenueRegistry.VENUEREGISTERED_EVENT, EventDecoder::venueRegistered);
    add(IVenueRegistry.VENUEPOLICY_EVENT, EventDecoder::venuePolicy);
    add(IAttestationLog.EPOCHPOSTED_EVENT, EventDecoder::epochPosted);
    add(IDefaultManager.MARGINCALLED_EVENT, EventDecoder::marginCalled);
    add(IDefaultManager.MARGINCURED_EVENT, EventDecoder::marginCured);
    add(IDefaultManager.CALLLAPSED_EVENT, EventDecoder::callLapsed);
    add(IDefaultManager.DEFAULTDECLARED_EVENT, EventDecoder::defaultDeclared);
    add(IDefaultManager.CLOSEOUTREPORTED_EVENT, EventDecoder::closeOutReported);
    add(IDefaultManager.LOSSFIXED_EVENT, EventDecoder::lossFixed);
    add(IDefaultManager.DEFAULTRESOLVED_EVENT, EventDecoder::defaultResolved);
    add(IDefaultManager.REWARDACCRUED_EVENT, EventDecoder::rewardAccrued);
    add(IDefaultManager.REWARDCOLLECTED_EVENT, EventDecoder::rewardCollected);
    add(ILiquidationAuction.LOTSTARTED_EVENT, EventDecoder::lotStarted);
    add(ILiquidationAuction.LOTRESET_EVENT, EventDecoder::lotReset);
    add(ILiquidationAuction.LOTTAKEN_EVENT, EventDecoder::lotTaken);
    add(ILiquidationAuction.LOTCLOSED_EVENT, EventDecoder::lotClosed);
    add(ILiquidationAuction.LOTTOFUND_EVENT, EventDecoder::lotToFund);
    add(IDefaultFund.TRANCHECHANGED_EVENT, EventDecoder::trancheChanged);
    add(IDefaultFund.REDEMPTIONNOTICED_EVENT, EventDecoder::redemptionNoticed);
    add(ISettlement.SETTLEMENTSKIPPED_EVENT, EventDecoder::settlementSkipped);
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
    ICollateralVault.AccountOpenedEventResponse e = ICollateralVault.getAccountOpenedEventFromLog(log);
    return new ChainEvent.AccountOpened(at, new Address(e.account), new Address(e.owner), e.number);
  }

  private static ChainEvent accountPledged(Log log, LogPosition at) {
    ICollateralVault.AccountPledgedEventResponse e = ICollateralVault.getAccountPledgedEventFromLog(log);
    return new ChainEvent.AccountPledged(
        at, new Address(e.account), e.venue.longValueExact(), e.index.longValueExact(), e.policyVersion.longValueExact(), e.debitCap);
  }

  private static ChainEvent accountReleased(Log log, LogPosition at) {
    ICollateralVault.AccountReleasedEventResponse e = ICollateralVault.getAccountReleasedEventFromLog(log);
    return new ChainEvent.AccountReleased(
        at, new Address(e.account), e.venue.longValueExact(), e.index.longValueExact(), e.settled, e.claim);
  }

  private static ChainEvent statusChanged(Log log, LogPosition at) {
    ICollateralVault.StatusChangedEventResponse e = ICollateralVault.getStatusChangedEventFromLog(log);
    return new ChainEvent.StatusChanged(
        at, new Address(e.account), AccountStatus.of(e.from.intValueExact()), AccountStatus.of(e.to.intValueExact()));
  }

  private static ChainEvent withdrawn(Log log, LogPosition at) {
    ICollateralVault.WithdrawnEventResponse e = ICollateralVault.getWithdrawnEventFromLog(log);
    return new ChainEvent.Withdrawn(
        at, new Address(e.account), new Address(e.token), new Address(e.to), e.amount, WithdrawalDoor.of(e.door.intValueExact()));
  }

  private static ChainEvent withdrawalRequested(Log log, LogPosition at) {
    ICollateralVault.WithdrawalRequestedEventResponse e = ICollateralVault.getWithdrawalRequestedEventFromLog(log);
    return new ChainEvent.WithdrawalRequested(at, e.id, new Address(e.account), new Address(e.token), e.amount, new Address(e.to));
  }

  private static ChainEvent withdrawalCancelled(Log log, LogPosition at) {
    ICollateralVault.WithdrawalCancelledEventResponse e = ICollateralVault.getWithdrawalCancelledEventFromLog(log);
    return new ChainEvent.WithdrawalCancelled(at, e.id, new Address(e.account));
  }

  private static ChainEvent withdrawalFinalised(Log log, LogPosition at) {
    ICollateralVault.WithdrawalFinalisedEventResponse e = ICollateralVault.getWithdrawalFinalisedEventFromLog(log);
    return new ChainEvent.WithdrawalFinalised(at, e.id, new Address(e.account), e.epoch.longValueExact());
  }

  private static ChainEvent checkpointed(Log log, LogPosition at) {
    ICollateralVault.CheckpointedEventResponse e = ICollateralVault.getCheckpointedEventFromLog(log);
    return new ChainEvent.Checkpointed(
        at, e.venue.longValueExact(), e.blockNumber.longValueExact(), e.nextIndex.longValueExact(), e.base);
  }

  private static ChainEvent poolOpened(Log log, LogPosition at) {
    ICollateralVault.PoolOpenedEventResponse e = ICollateralVault.getPoolOpenedEventFromLog(log);
    return new ChainEvent.PoolOpened(at, e.venue.longValueExact(), new Address(e.pool));
  }

  private static ChainEvent poolContributed(Log log, LogPosition at) {
    ICollateralVault.PoolContributedEventResponse e = ICollateralVault.getPoolContributedEventFromLog(log);
    return new ChainEvent.PoolContributed(at, e.venue.longValueExact(), new Address(e.from), e.amount);
  }

  private static ChainEvent settledChanged(Log log, LogPosition at) {
    ICollateralVault.SettledChangedEventResponse e = ICollateralVault.getSettledChangedEventFromLog(log);
    return new ChainEvent.SettledChanged(
        at, new Address(e.account), e.venue.longValueExact(), e.delta, e.settled, SettledCause.of(e.cause.intValueExact()));
  }

  private static ChainEvent seized(Log log, LogPosition at) {
    ICollateralVault.SeizedEventResponse e = ICollateralVault.getSeizedEventFromLog(log);
    return new ChainEvent.Seized(
        at, new Address(e.account), new Address(e.token), new Address(e.to), e.amount, SeizeCause.of(e.cause.intValueExact()));
  }

  private static ChainEvent claimPaid(Log log, LogPosition at) {
    ICollateralVault.ClaimPaidEventResponse e = ICollateralVault.getClaimPaidEventFromLog(log);
    return new ChainEvent.ClaimPaid(at, e.venue.longValueExact(), new Address(e.account), e.amount);
  }

  private static ChainEvent venueRegistered(Log log, LogPosition at) {
    IVenueRegistry.VenueRegisteredEventResponse e = IVenueRegistry.getVenueRegisteredEventFromLog(log);
    return new ChainEvent.VenueRegistered(
        at, e.venue.longValueExact(), new Address(e.venueKey), new Address(e.settlementAsset), new Address(e.pool),
        new Address(e.fund), e.policyVersion.longValueExact());
  }

  private static ChainEvent venuePolicy(Log log, LogPosition at) {
    IVenueRegistry.VenuePolicyEventResponse e = IVenueRegistry.getVenuePolicyEventFromLog(log);
    return new ChainEvent.VenuePolicy(
        at, e.venue.longValueExact(), e.policyVersion.longValueExact(), Structs.parameters(e.parameters),
        e.assets.stream().map(Structs::asset).toList(), e.attestors.stream().map(Address::new).toList(), e.threshold.intValueExact());
  }

  private static ChainEvent epochPosted(Log log, LogPosition at) {
    IAttestationLog.EpochPostedEventResponse e = IAttestationLog.getEpochPostedEventFromLog(log);
    return new ChainEvent.EpochPosted(
        at, e.venue.longValueExact(), e.epoch.longValueExact(), Bytes32.of(e.structHash), Structs.header(e.header),
        Structs.prices(e.prices));
  }

  private static ChainEvent marginCalled(Log log, LogPosition at) {
    IDefaultManager.MarginCalledEventResponse e = IDefaultManager.getMarginCalledEventFromLog(log);
    return new ChainEvent.MarginCalled(
        at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.initialMargin, e.deadline.longValueExact(),
        e.maintenance, new Address(e.caller));
  }

  private static ChainEvent marginCured(Log log, LogPosition at) {
    IDefaultManager.MarginCuredEventResponse e = IDefaultManager.getMarginCuredEventFromLog(log);
    return new ChainEvent.MarginCured(at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact());
  }

  private static ChainEvent callLapsed(Log log, LogPosition at) {
    IDefaultManager.CallLapsedEventResponse e = IDefaultManager.getCallLapsedEventFromLog(log);
    return new ChainEvent.CallLapsed(at, new Address(e.account), e.venue.longValueExact());
  }

  private static ChainEvent defaultDeclared(Log log, LogPosition at) {
    IDefaultManager.DefaultDeclaredEventResponse e = IDefaultManager.getDefaultDeclaredEventFromLog(log);
    return new ChainEvent.DefaultDeclared(
        at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.owed, new Address(e.declarer));
  }

  private static ChainEvent closeOutReported(Log log, LogPosition at) {
    IDefaultManager.CloseOutReportedEventResponse e = IDefaultManager.getCloseOutReportedEventFromLog(log);
    return new ChainEvent.CloseOutReported(at, new Address(e.account), e.venue.longValueExact(), e.finalNet, Bytes32.of(e.evidence));
  }

  private static ChainEvent lossFixed(Log log, LogPosition at) {
    IDefaultManager.LossFixedEventResponse e = IDefaultManager.getLossFixedEventFromLog(log);
    return new ChainEvent.LossFixed(at, new Address(e.account), e.venue.longValueExact(), e.loss, e.finalNet);
  }

  private static ChainEvent defaultResolved(Log log, LogPosition at) {
    IDefaultManager.DefaultResolvedEventResponse e = IDefaultManager.getDefaultResolvedEventFromLog(log);
    return new ChainEvent.DefaultResolved(
        at, new Address(e.account), e.venue.longValueExact(), e.loss, e.fromAccount, e.fromVenue, e.fromMembers, e.shortfall,
        e.reward, e.penalty);
  }

  private static ChainEvent rewardAccrued(Log log, LogPosition at) {
    IDefaultManager.RewardAccruedEventResponse e = IDefaultManager.getRewardAccruedEventFromLog(log);
    return new ChainEvent.RewardAccrued(at, new Address(e.beneficiary), new Address(e.token), e.amount);
  }

  private static ChainEvent rewardCollected(Log log, LogPosition at) {
    IDefaultManager.RewardCollectedEventResponse e = IDefaultManager.getRewardCollectedEventFromLog(log);
    return new ChainEvent.RewardCollected(at, new Address(e.beneficiary), new Address(e.token), e.amount);
  }

  private static ChainEvent lotStarted(Log log, LogPosition at) {
    ILiquidationAuction.LotStartedEventResponse e = ILiquidationAuction.getLotStartedEventFromLog(log);
    return new ChainEvent.LotStarted(
        at, e.lot, new Address(e.account), new Address(e.token), e.amount, e.startPrice, e.floorPrice, e.startTime.longValueExact(),
        e.duration.longValueExact());
  }

  private static ChainEvent lotReset(Log log, LogPosition at) {
    ILiquidationAuction.LotResetEventResponse e = ILiquidationAuction.getLotResetEventFromLog(log);
    return new ChainEvent.LotReset(at, e.lot, e.startPrice, e.floorPrice, e.startTime.longValueExact(), e.resets.intValueExact());
  }

  private static ChainEvent lotTaken(Log log, LogPosition at) {
    ILiquidationAuction.LotTakenEventResponse e = ILiquidationAuction.getLotTakenEventFromLog(log);
    return new ChainEvent.LotTaken(at, e.lot, new Address(e.taker), new Address(e.receiver), e.amount, e.price, e.payment);
  }

  private static ChainEvent lotClosed(Log log, LogPosition at) {
    ILiquidationAuction.LotClosedEventResponse e = ILiquidationAuction.getLotClosedEventFromLog(log);
    return new ChainEvent.LotClosed(at, e.lot, e.unsold);
  }

  private static ChainEvent lotToFund(Log log, LogPosition at) {
    ILiquidationAuction.LotToFundEventResponse e = ILiquidationAuction.getLotToFundEventFromLog(log);
    return new ChainEvent.LotToFund(at, e.lot, e.amount, e.payment);
  }

  private static ChainEvent trancheChanged(Log log, LogPosition at) {
    IDefaultFund.TrancheChangedEventResponse e = IDefaultFund.getTrancheChangedEventFromLog(log);
    return new ChainEvent.TrancheChanged(at, e.tranche.intValueExact(), e.delta, e.assets);
  }

  private static ChainEvent redemptionNoticed(Log log, LogPosition at) {
    IDefaultFund.RedemptionNoticedEventResponse e = IDefaultFund.getRedemptionNoticedEventFromLog(log);
    return new ChainEvent.RedemptionNoticed(at, new Address(e.member), e.shares, e.maturesAt.longValueExact());
  }

  private static ChainEvent settlementSkipped(Log log, LogPosition at) {
    ISettlement.SettlementSkippedEventResponse e = ISettlement.getSettlementSkippedEventFromLog(log);
    return new ChainEvent.SettlementSkipped(at, new Address(e.account), e.venue.longValueExact(), e.epoch.longValueExact(), e.refused);
  }
}
