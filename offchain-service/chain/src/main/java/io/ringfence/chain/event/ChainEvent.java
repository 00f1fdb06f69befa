package io.ringfence.chain.event;

import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.chain.type.SeizeCause;
import io.ringfence.chain.type.SettledCause;
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

  /** An account's status under its venue changed. */
  record StatusChanged(LogPosition position, Address account, AccountStatus before, AccountStatus after) implements ChainEvent {}

  /** Tokens left an account by a withdrawal. */
  record Withdrawn(
      LogPosition position,
      Address account,
      Address token,
      Address to,
      BigInteger amount,
      WithdrawalDoor door)
      implements ChainEvent {}

  /** A withdrawal waits for a root. */
  record WithdrawalRequested(
      LogPosition position,
      BigInteger id,
      Address account,
      Address token,
      BigInteger amount,
      Address to)
      implements ChainEvent {}

  /** A request was taken back. */
  record WithdrawalCancelled(LogPosition position, BigInteger id, Address account) implements ChainEvent {}

  /** A request was paid. */
  record WithdrawalFinalised(LogPosition position, BigInteger id, Address account, long epoch) implements ChainEvent {}

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
      BigInteger settled,
      SettledCause cause)
      implements ChainEvent {}

  /** A default took something out of the defaulter's account. */
  record Seized(
      LogPosition position,
      Address account,
      Address token,
      Address to,
      BigInteger amount,
      SeizeCause cause)
      implements ChainEvent {}

  /** A released account was paid what the pool owed it. */
  record ClaimPaid(LogPosition position, long venue, Address account, BigInteger amount) implements ChainEvent {}

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

  /** A venue's figures, assets and attestors. */
  record VenuePolicy(
      LogPosition position,
      long venue,
      long policyVersion,
      VenueParameters parameters,
      List<AssetConfig> assets,
      List<Address> attestors,
      int threshold)
      implements ChainEvent {
    public VenuePolicy {
      assets = List.copyOf(assets);
      attestors = List.copyOf(attestors);
    }
  }

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

  /** Venue and attestors reported what the book came to. */
  record CloseOutReported(LogPosition position, Address account, long venue, BigInteger finalNet, Bytes32 evidence) implements ChainEvent {}

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

  /** A tranche's money changed; 1: the venue's own, 2: the members'. The fund is {@code position().address()}. */
  record TrancheChanged(LogPosition position, int tranche, BigInteger delta, BigInteger assets) implements ChainEvent {}

  /** A member announced a redemption. */
  record RedemptionNoticed(LogPosition position, Address member, BigInteger shares, long maturesAt) implements ChainEvent {}

  /** An account could not be settled, and why. */
  record SettlementSkipped(LogPosition position, Address account, long venue, long epoch, String refused) implements ChainEvent {}

  /** An ERC-20 transfer; the token is {@code position().address()}. */
  record Transfer(LogPosition position, Address from, Address to, BigInteger amount) implements ChainEvent {}
}
