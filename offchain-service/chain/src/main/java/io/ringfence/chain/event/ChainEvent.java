package io.ringfence.chain.event;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.DisputeOutcome;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.chain.type.SettledCause;
import io.ringfence.chain.type.SkipCause;
import io.ringfence.chain.type.VenueParameters;
import io.ringfence.chain.type.WithdrawalDoor;
import java.math.BigInteger;
import java.util.List;

/**
 * One event of Ringfence's contracts, or an ERC-20 transfer. Components are the event's arguments in the contract's order and units:
 * token amounts in smallest units, results and requirements in settlement units, times in chain seconds.
 */
public sealed interface ChainEvent {
  /** Where on the chain it happened. */
  LogPosition position();

  /** A segregated account was created. */
  record AccountOpened(LogPosition position, Address account, Address owner, BigInteger number) implements ChainEvent {}

  /** An account was pledged to a venue. */
  record AccountPledged(
      LogPosition position,
      Address account,
      long venue,
      long index,
      long policyVersion,
      BigInteger debitCap)
      implements ChainEvent {}

  /** A pledge ended; {@code claim} is what the pool still owes the account. */
  record AccountReleased(
      LogPosition position,
      Address account,
      long venue,
      long index,
      BigInteger settled,
      BigInteger claim)
      implements ChainEvent {}

  /** Tokens left an account by a withdrawal. */
  record Withdrawn(
      LogPosition position,
      Address account,
      Address token,
      Address to,
      BigInteger amount,
      WithdrawalDoor door)
      implements ChainEvent {}

  /** A withdrawal waits for a root; an account has at most one of each token. */
  record WithdrawalRequested(LogPosition position, Address account, Address token, BigInteger amount, Address to) implements ChainEvent {}

  /** A request was taken back. */
  record WithdrawalCancelled(LogPosition position, Address account, Address token) implements ChainEvent {}

  /** A request was paid. */
  record WithdrawalFinalised(LogPosition position, Address account, Address token, long epoch) implements ChainEvent {}

  /** An address that withdrawals may go to, good from a time on; 0: removed. */
  record AddressBookEntry(LogPosition position, Address account, Address to, long goodFrom) implements ChainEvent {}

  /** An owner keeps an address book; unless {@code endsAt} is 0, only until then. */
  record AddressBookSwitched(LogPosition position, Address account, long endsAt) implements ChainEvent {}

  /** A lower debit cap waits for its time, or holds since then. */
  record DebitCapLowered(LogPosition position, Address account, BigInteger cap, long effectiveAt, boolean applied) implements ChainEvent {}

  /** Somebody carried out an owner's signed call. */
  record Relayed(LogPosition position, Address owner, BigInteger namespace, long sequence, Address relayer) implements ChainEvent {}

  /** A venue's book was recorded. */
  record Checkpointed(LogPosition position, long venue, long atBlock, long nextIndex, BigInteger base) implements ChainEvent {}

  /** A venue's settlement pool was created. */
  record PoolOpened(LogPosition position, long venue, Address pool) implements ChainEvent {}

  /** Somebody paid into a pool. */
  record PoolContributed(LogPosition position, long venue, Address from, BigInteger amount) implements ChainEvent {}

  /** An account's settled counter changed by {@code delta}, settlement units; positive: paid to it. */
  record SettledChanged(
      LogPosition position,
      Address account,
      long venue,
      BigInteger delta,
      SettledCause cause)
      implements ChainEvent {}

  /** A released account was paid what the pool owed it. */
  record ClaimPaid(LogPosition position, long venue, Address account, BigInteger amount) implements ChainEvent {}

  /** What a pool holds of a token in kind changed, in smallest units and in value. */
  record InKindChanged(
      LogPosition position,
      long venue,
      Address token,
      BigInteger delta,
      BigInteger value,
      Address who)
      implements ChainEvent {}

  /** A venue exists from now on. */
  record VenueRegistered(
      LogPosition position,
      long venue,
      Address venueKey,
      Address settlementAsset,
      Address pool,
      Address fund,
      long policyVersion)
      implements ChainEvent {}

  /** A version of a venue's figures and assets; from {@code bindsAt} on it may bind accounts that have not agreed. */
  record VenuePolicy(
      LogPosition position,
      long venue,
      long policyVersion,
      VenueParameters parameters,
      List<AssetConfig> assets,
      long bindsAt)
      implements ChainEvent {
    public VenuePolicy {
      assets = List.copyOf(assets);
    }
  }

  /** A later version of the policy binds a pledge. */
  record PolicyAdopted(LogPosition position, Address account, long venue, long policyVersion) implements ChainEvent {}

  /** A change of a venue's keys waits for its time. */
  record QuorumChanging(
      LogPosition position,
      long venue,
      Address venueKey,
      Address guardian,
      List<Address> attestors,
      int threshold,
      long effectiveAt)
      implements ChainEvent {
    public QuorumChanging {
      attestors = List.copyOf(attestors);
    }
  }

  /** A venue's keys from now on. */
  record QuorumChanged(
      LogPosition position,
      long venue,
      Address venueKey,
      Address guardian,
      List<Address> attestors,
      int threshold)
      implements ChainEvent {
    public QuorumChanged {
      attestors = List.copyOf(attestors);
    }
  }

  /** A venue is paused until a time. */
  record VenuePaused(LogPosition position, long venue, long until) implements ChainEvent {}

  /** A venue was found suspended; without a root it can be failed from a time on. */
  record VenueFoundSuspended(LogPosition position, long venue, long failsAt) implements ChainEvent {}

  /** A venue has failed, for good. */
  record VenueFailed(LogPosition position, long venue) implements ChainEvent {}

  /** A root was posted. */
  record EpochPosted(
      LogPosition position,
      long venue,
      long epoch,
      Bytes32 structHash,
      EpochHeader header,
      RootPrices prices)
      implements ChainEvent {}

  /** An account was called; {@code maintenance}: short of maintenance margin too. */
  record MarginCalled(
      LogPosition position,
      Address account,
      long venue,
      long epoch,
      BigInteger initialMargin,
      long deadline,
      boolean maintenance,
      Address caller)
      implements ChainEvent {}

  /** A call ended because the account is short no more. */
  record MarginCured(LogPosition position, Address account, long venue, long epoch) implements ChainEvent {}

  /** A call ended because nobody acted on it. */
  record CallLapsed(LogPosition position, Address account, long venue) implements ChainEvent {}

  /** An account is in default. */
  record DefaultDeclared(
      LogPosition position,
      Address account,
      long venue,
      long epoch,
      BigInteger owed,
      Address declarer)
      implements ChainEvent {}

  /** What a defaulted account owes was brought up to a newer root, whose N is {@code net}. */
  record OwedRefreshed(LogPosition position, Address account, long venue, long epoch, BigInteger net) implements ChainEvent {}

  /** Venue and attestors reported what the book came to; {@code higher}: the higher quorum signed. */
  record CloseOutReported(
      LogPosition position,
      Address account,
      long venue,
      BigInteger finalNet,
      Bytes32 evidence,
      boolean higher)
      implements ChainEvent {}

  /** Without a report: what a newer root said beyond the fixed loss, and what the venue's tranche paid of it. */
  record ExcessDrawn(LogPosition position, long venue, BigInteger excess, BigInteger paid) implements ChainEvent {}

  /** The loss of a default is final. */
  record LossFixed(LogPosition position, Address account, long venue, BigInteger loss, BigInteger finalNet) implements ChainEvent {}

  /** The waterfall of one default: loss = fromAccount + fromVenue + fromMembers + shortfall, to the unit. */
  record DefaultResolved(
      LogPosition position,
      Address account,
      long venue,
      BigInteger loss,
      BigInteger fromAccount,
      BigInteger fromVenue,
      BigInteger fromMembers,
      BigInteger shortfall,
      BigInteger reward,
      BigInteger penalty)
      implements ChainEvent {}

  /** A keeper earned a reward. */
  record RewardAccrued(LogPosition position, Address beneficiary, Address token, BigInteger amount) implements ChainEvent {}

  /** A keeper was paid its rewards. */
  record RewardCollected(LogPosition position, Address beneficiary, Address token, BigInteger amount) implements ChainEvent {}

  /** An auction lot started. */
  record LotStarted(
      LogPosition position,
      BigInteger lot,
      Address account,
      Address token,
      BigInteger amount,
      BigInteger startPrice,
      BigInteger floorPrice,
      long startTime,
      long duration)
      implements ChainEvent {}

  /** A lot started another run. */
  record LotReset(
      LogPosition position,
      BigInteger lot,
      BigInteger startPrice,
      BigInteger floorPrice,
      long startTime,
      int resets)
      implements ChainEvent {}

  /** Somebody bought from a lot; {@code payment} in settlement units went into the defaulter's account. */
  record LotTaken(
      LogPosition position,
      BigInteger lot,
      Address taker,
      Address receiver,
      BigInteger amount,
      BigInteger price,
      BigInteger payment)
      implements ChainEvent {}

  /** A lot ended; {@code unsold} stays in the account. */
  record LotClosed(LogPosition position, BigInteger lot, BigInteger unsold) implements ChainEvent {}

  /** The venue's own tranche bought a lot at its floor. */
  record LotToFund(LogPosition position, BigInteger lot, BigInteger amount, BigInteger payment) implements ChainEvent {}

  /**
   * A tranche's money changed; 1: the venue's own, 2: the members', 3: what closed series left to their holders. The fund is
   * {@code position().address()}.
   */
  record TrancheChanged(LogPosition position, int tranche, BigInteger delta, BigInteger assets) implements ChainEvent {}

  /** The penalties on their way to members changed; they are all released at {@code endsAt}. */
  record StreamChanged(LogPosition position, BigInteger unreleased, long endsAt) implements ChainEvent {}

  /** A series of member shares opened; the fund is {@code position().address()}. */
  record SeriesOpened(LogPosition position, long number, Address series) implements ChainEvent {}

  /** A series closed for ever; its holders share the residue. */
  record SeriesClosed(LogPosition position, long number, Address series, BigInteger residue) implements ChainEvent {}

  /** A member announced a redemption; the series is {@code position().address()}. */
  record RedemptionNoticed(
      LogPosition position,
      BigInteger id,
      Address member,
      BigInteger shares,
      long maturesAt,
      long closesAt)
      implements ChainEvent {}

  /** A notice was paid as far as open defaults let it; with nothing left it is over. */
  record NoticeRedeemed(LogPosition position, BigInteger id, BigInteger shares, BigInteger left, long closesAt) implements ChainEvent {}

  /** A notice ended without payment of these shares. */
  record NoticeCancelled(LogPosition position, BigInteger id, BigInteger shares) implements ChainEvent {}

  /** Settlement left an account as it is, and why. */
  record SettlementSkipped(LogPosition position, Address account, long venue, long epoch, SkipCause cause) implements ChainEvent {}

  /** A range of leaves was settled. */
  record Settled(LogPosition position, long venue, long epoch, long first, long count) implements ChainEvent {}

  /** An owner asked for release. */
  record ReleaseRequested(LogPosition position, Address account, long venue, long freezesAt) implements ChainEvent {}

  /** An owner took the wish for release back. */
  record ReleaseCancelled(LogPosition position, Address account, long venue) implements ChainEvent {}

  /** An exit states N, by the leaf of an epoch or, with epoch 0, by what was settled. */
  record ExitStated(
      LogPosition position,
      Address account,
      long venue,
      long epoch,
      BigInteger net,
      long challengeUntil)
      implements ChainEvent {}

  /** An exit paid some of what it owes. */
  record ExitPaid(
      LogPosition position,
      Address account,
      long venue,
      BigInteger paid,
      BigInteger left,
      Address payer)
      implements ChainEvent {}

  /** An exit ended. */
  record Exited(LogPosition position, Address account, long venue, BigInteger net, BigInteger shortfall) implements ChainEvent {}

  /** An account moved from one venue to another. */
  record Ported(LogPosition position, Address account, long from, long to, BigInteger net) implements ChainEvent {}

  /** A failed venue owes an account this. */
  record OwingRegistered(LogPosition position, long venue, Address account, BigInteger owing) implements ChainEvent {}

  /** A failed venue's pool paid an account its share. */
  record Distributed(LogPosition position, long venue, Address account, BigInteger amount) implements ChainEvent {}

  /** An owner disputes a debit: no more is collected than down to {@code capNet}. */
  record Disputed(
      LogPosition position,
      Address account,
      long venue,
      long epoch,
      BigInteger capNet,
      BigInteger bond)
      implements ChainEvent {}

  /** What a dispute lets settlement collect changed. */
  record DisputeCapChanged(LogPosition position, Address account, BigInteger capNet) implements ChainEvent {}

  /** A dispute ended. */
  record DisputeEnded(LogPosition position, Address account, DisputeOutcome outcome, BigInteger bond) implements ChainEvent {}

  /** Somebody prepaid for an account's proof to be published. */
  record Demanded(LogPosition position, Address account, long venue, Address payer, BigInteger fee, long answerBy) implements ChainEvent {}

  /** An account's proof was published. */
  record DemandAnswered(LogPosition position, Address account, long venue, long epoch, Leaf leaf, Data siblings) implements ChainEvent {}

  /** A demand went unanswered; so many distinct accounts' have. */
  record DemandUnanswered(LogPosition position, Address account, long venue, long distinct) implements ChainEvent {}

  /** An ERC-20 transfer; the token is {@code position().address()}. */
  record Transfer(LogPosition position, Address from, Address to, BigInteger amount) implements ChainEvent {}
}
