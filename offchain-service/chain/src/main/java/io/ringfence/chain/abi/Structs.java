package io.ringfence.chain.abi;

import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes16;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.CloseOutReport;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.chain.type.VenueParameters;
import java.math.BigInteger;

/** Our records as the wrappers' structs and back. */
public final class Structs {
  private Structs() {}

  /** An unsigned or signed integer of the ABI from a long. */
  public static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  public static Vault.EpochHeader header(EpochHeader h) {
    return new Vault.EpochHeader(
        big(h.venue()), big(h.epoch()), big(h.snapshotBlock()), h.snapshotHash().bytes(), h.previous().bytes(), big(h.accounts()),
        h.root().bytes(), h.totalCredit(), h.totalDebit(), h.paramsHash().bytes(), h.pricesHash().bytes(), h.settles());
  }

  public static Vault.Leaf leaf(Leaf l) {
    return new Vault.Leaf(
        big(l.index()), l.account().hex(), l.credit(), l.debit(), l.initialMargin(), l.maintenanceMargin(), l.positionsHash().bytes(),
        l.salt().bytes());
  }

  public static Vault.RootPrices prices(RootPrices p) {
    return new Vault.RootPrices(p.collateral(), p.market().bytes());
  }

  public static Vault.AccountProof proof(AccountProof p) {
    return new Vault.AccountProof(header(p.header()), prices(p.prices()), leaf(p.leaf()), p.siblings().bytes());
  }

  public static Vault.PledgeTerms terms(PledgeTerms t) {
    return new Vault.PledgeTerms(
        t.account().hex(), big(t.venue()), big(t.policyVersion()), t.debitCap(), big(t.nonce()), big(t.deadline()));
  }

  public static Vault.CloseOutReport report(CloseOutReport r) {
    return new Vault.CloseOutReport(big(r.venue()), r.account().hex(), big(r.index()), r.finalNet(), r.evidence().bytes());
  }

  public static Vault.AssetConfig asset(AssetConfig a) {
    return new Vault.AssetConfig(
        a.token().hex(), big(a.decimals()), big(a.haircutBps()), a.feed().hex(), big(a.feedDecimals()), big(a.maxAge()), a.minPrice(),
        a.maxPrice(), a.secondFeed().hex(), big(a.secondDecimals()), big(a.secondMaxAge()), big(a.deviationBps()));
  }

  public static AssetConfig asset(Vault.AssetConfig a) {
    return new AssetConfig(new Address(a.token), a.decimals.intValueExact(), a.haircutBps.intValueExact(), new Address(a.feed),
        a.feedDecimals.intValueExact(), a.maxAge.longValueExact(), a.minPrice, a.maxPrice, new Address(a.secondFeed),
        a.secondDecimals.intValueExact(), a.secondMaxAge.longValueExact(), a.deviationBps.intValueExact());
  }

  public static Vault.VenueParameters parameters(VenueParameters p) {
    return new Vault.VenueParameters(
        big(p.heartbeat()), big(p.cureWindow()), big(p.callTtl()), big(p.closeOutDeadline()), big(p.disputeWindow()),
        big(p.auctionDuration()), big(p.fundNotice()), big(p.startBps()), big(p.floorBps()), big(p.maxResets()), big(p.rewardBps()),
        big(p.penaltyBps()), big(p.memberCapBps()), big(p.pegFloorBps()), p.declareReward(), p.minLot(), big(p.suspendAfter()),
        big(p.releaseLimit()), big(p.policyDelay()), big(p.exitChallenge()), big(p.confirmLimit()), big(p.claimWindow()),
        big(p.demandWindow()), big(p.feedLimit()), big(p.maxDemands()), big(p.failingDemands()), p.settleThreshold(), p.disputeBond(),
        p.demandFee(), p.minDebitCap());
  }

  public static VenueParameters parameters(Vault.VenueParameters p) {
    return new VenueParameters(
        p.heartbeat.longValueExact(), p.cureWindow.longValueExact(), p.callTtl.longValueExact(), p.closeOutDeadline.longValueExact(),
        p.disputeWindow.longValueExact(), p.auctionDuration.longValueExact(), p.fundNotice.longValueExact(),
        p.startBps.intValueExact(), p.floorBps.intValueExact(), p.maxResets.intValueExact(), p.rewardBps.intValueExact(),
        p.penaltyBps.intValueExact(), p.memberCapBps.longValueExact(), p.pegFloorBps.intValueExact(), p.declareReward, p.minLot,
        p.suspendAfter.longValueExact(), p.releaseLimit.longValueExact(), p.policyDelay.longValueExact(),
        p.exitChallenge.longValueExact(), p.confirmLimit.longValueExact(), p.claimWindow.longValueExact(),
        p.demandWindow.longValueExact(), p.feedLimit.longValueExact(), p.maxDemands.intValueExact(), p.failingDemands.intValueExact(),
        p.settleThreshold, p.disputeBond, p.demandFee, p.minDebitCap);
  }

  public static EpochHeader header(Vault.EpochHeader h) {
    return new EpochHeader(
        h.venue.longValueExact(), h.epoch.longValueExact(), h.snapshotBlock.longValueExact(), Bytes32.of(h.snapshotHash),
        Bytes32.of(h.previous), h.accounts.longValueExact(), Bytes32.of(h.root), h.totalCredit, h.totalDebit,
        Bytes32.of(h.paramsHash), Bytes32.of(h.pricesHash), h.settles);
  }

  public static Leaf leaf(Vault.Leaf l) {
    return new Leaf(
        l.index.longValueExact(), new Address(l.account), l.credit, l.debit, l.initialMargin, l.maintenanceMargin,
        Bytes32.of(l.positionsHash), Bytes16.of(l.salt));
  }

  public static RootPrices prices(Vault.RootPrices p) {
    return new RootPrices(p.collateral, Bytes32.of(p.market));
  }
}
