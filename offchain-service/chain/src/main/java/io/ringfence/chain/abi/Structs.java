package io.ringfence.chain.abi;

import io.ringfence.chain.generated.IAttestationLog;
import io.ringfence.chain.generated.ICollateralVault;
import io.ringfence.chain.generated.IDefaultManager;
import io.ringfence.chain.generated.ISettlement;
import io.ringfence.chain.generated.IVenueRegistry;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.CloseOutReport;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.chain.type.VenueParameters;
import java.math.BigInteger;

/** Our records as the wrappers' structs and back. The wrappers each have struct classes of their own, hence the repetition. */
public final class Structs {
  private Structs() {}

  /** An unsigned or signed integer of the ABI from a long. */
  public static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  public static IAttestationLog.EpochHeader logHeader(EpochHeader h) {
    return new IAttestationLog.EpochHeader(
        big(h.venue()), big(h.epoch()), big(h.snapshotBlock()), h.snapshotHash().bytes(), h.previous().bytes(), big(h.accounts()),
        h.root().bytes(), h.totalCredit(), h.totalDebit(), h.paramsHash().bytes(), h.pricesHash().bytes(), h.settles());
  }

  public static IAttestationLog.Leaf logLeaf(Leaf l) {
    return new IAttestationLog.Leaf(
        big(l.index()), l.account().hex(), l.credit(), l.debit(), l.initialMargin(), l.maintenanceMargin(), l.positionsHash().bytes(),
        l.salt().bytes());
  }

  public static ICollateralVault.EpochHeader vaultHeader(EpochHeader h) {
    return new ICollateralVault.EpochHeader(
        big(h.venue()), big(h.epoch()), big(h.snapshotBlock()), h.snapshotHash().bytes(), h.previous().bytes(), big(h.accounts()),
        h.root().bytes(), h.totalCredit(), h.totalDebit(), h.paramsHash().bytes(), h.pricesHash().bytes(), h.settles());
  }

  public static ICollateralVault.Leaf vaultLeaf(Leaf l) {
    return new ICollateralVault.Leaf(
        big(l.index()), l.account().hex(), l.credit(), l.debit(), l.initialMargin(), l.maintenanceMargin(), l.positionsHash().bytes(),
        l.salt().bytes());
  }

  public static IDefaultManager.EpochHeader defaultsHeader(EpochHeader h) {
    return new IDefaultManager.EpochHeader(
        big(h.venue()), big(h.epoch()), big(h.snapshotBlock()), h.snapshotHash().bytes(), h.previous().bytes(), big(h.accounts()),
        h.root().bytes(), h.totalCredit(), h.totalDebit(), h.paramsHash().bytes(), h.pricesHash().bytes(), h.settles());
  }

  public static IDefaultManager.Leaf defaultsLeaf(Leaf l) {
    return new IDefaultManager.Leaf(
        big(l.index()), l.account().hex(), l.credit(), l.debit(), l.initialMargin(), l.maintenanceMargin(), l.positionsHash().bytes(),
        l.salt().bytes());
  }

  public static ISettlement.EpochHeader settlementHeader(EpochHeader h) {
    return new ISettlement.EpochHeader(
        big(h.venue()), big(h.epoch()), big(h.snapshotBlock()), h.snapshotHash().bytes(), h.previous().bytes(), big(h.accounts()),
        h.root().bytes(), h.totalCredit(), h.totalDebit(), h.paramsHash().bytes(), h.pricesHash().bytes(), h.settles());
  }

  public static ISettlement.Leaf settlementLeaf(Leaf l) {
    return new ISettlement.Leaf(
        big(l.index()), l.account().hex(), l.credit(), l.debit(), l.initialMargin(), l.maintenanceMargin(), l.positionsHash().bytes(),
        l.salt().bytes());
  }

  public static IAttestationLog.RootPrices logPrices(RootPrices p) {
    return new IAttestationLog.RootPrices(p.collateral(), p.market().bytes());
  }

  public static ICollateralVault.RootPrices vaultPrices(RootPrices p) {
    return new ICollateralVault.RootPrices(p.collateral(), p.market().bytes());
  }

  public static IDefaultManager.RootPrices defaultsPrices(RootPrices p) {
    return new IDefaultManager.RootPrices(p.collateral(), p.market().bytes());
  }

  public static ICollateralVault.AccountProof vaultProof(AccountProof p) {
    return new ICollateralVault.AccountProof(vaultHeader(p.header()), vaultPrices(p.prices()), vaultLeaf(p.leaf()), p.siblings().bytes());
  }

  public static IDefaultManager.AccountProof defaultsProof(AccountProof p) {
    return new IDefaultManager.AccountProof(
        defaultsHeader(p.header()), defaultsPrices(p.prices()), defaultsLeaf(p.leaf()), p.siblings().bytes());
  }

  public static ICollateralVault.PledgeTerms terms(PledgeTerms t) {
    return new ICollateralVault.PledgeTerms(
        t.account().hex(), big(t.venue()), big(t.policyVersion()), t.debitCap(), big(t.nonce()), big(t.deadline()));
  }

  public static IDefaultManager.CloseOutReport report(CloseOutReport r) {
    return new IDefaultManager.CloseOutReport(
        big(r.venue()), r.account().hex(), big(r.index()), r.finalNet(), r.evidence().bytes());
  }

  public static IVenueRegistry.AssetConfig asset(AssetConfig a) {
    return new IVenueRegistry.AssetConfig(
        a.token().hex(), big(a.decimals()), big(a.haircutBps()), a.feed().hex(), big(a.feedDecimals()), big(a.maxAge()));
  }

  public static AssetConfig asset(IVenueRegistry.AssetConfig a) {
    return new AssetConfig(new Address(a.token), a.decimals.intValueExact(), a.haircutBps.intValueExact(), new Address(a.feed),
        a.feedDecimals.intValueExact(), a.maxAge.longValueExact());
  }

  public static IVenueRegistry.VenueParameters parameters(VenueParameters p) {
    return new IVenueRegistry.VenueParameters(
        big(p.heartbeat()), big(p.cureWindow()), big(p.callTtl()), big(p.closeOutDeadline()), big(p.disputeWindow()),
        big(p.auctionDuration()), big(p.fundNotice()), big(p.startBps()), big(p.floorBps()), big(p.maxResets()), big(p.rewardBps()),
        big(p.penaltyBps()), big(p.memberCapBps()), big(p.pegFloorBps()), p.declareReward(), p.minLot());
  }

  public static VenueParameters parameters(IVenueRegistry.VenueParameters p) {
    return new VenueParameters(
        p.heartbeat.longValueExact(), p.cureWindow.longValueExact(), p.callTtl.longValueExact(), p.closeOutDeadline.longValueExact(),
        p.disputeWindow.longValueExact(), p.auctionDuration.longValueExact(), p.fundNotice.longValueExact(),
        p.startBps.intValueExact(), p.floorBps.intValueExact(), p.maxResets.intValueExact(), p.rewardBps.intValueExact(),
        p.penaltyBps.intValueExact(), p.memberCapBps.longValueExact(), p.pegFloorBps.intValueExact(), p.declareReward, p.minLot);
  }

  public static EpochHeader header(IAttestationLog.EpochHeader h) {
    return new EpochHeader(
        h.venue.longValueExact(), h.epoch.longValueExact(), h.snapshotBlock.longValueExact(), Bytes32.of(h.snapshotHash),
        Bytes32.of(h.previous), h.accounts.longValueExact(), Bytes32.of(h.root), h.totalCredit, h.totalDebit,
        Bytes32.of(h.paramsHash), Bytes32.of(h.pricesHash), h.settles);
  }

  public static RootPrices prices(IAttestationLog.RootPrices p) {
    return new RootPrices(p.collateral, Bytes32.of(p.market));
  }
}
