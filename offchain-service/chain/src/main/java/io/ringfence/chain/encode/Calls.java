package io.ringfence.chain.encode;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.CloseOutReport;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.chain.type.VenueParameters;
import java.math.BigInteger;
import java.util.List;

/** Calldata of every function that changes state. Amounts are in smallest units of their token, results in settlement units. */
public final class Calls {
  private final Deployment deployment;

  public Calls(Deployment deployment) {
    this.deployment = deployment;
  }

  public Call approve(Address token, Address spender, BigInteger amount) {
    throw new UnsupportedOperationException();
  }

  public Call transfer(Address token, Address to, BigInteger amount) {
    throw new UnsupportedOperationException();
  }

  public Call transferFrom(Address token, Address from, Address to, BigInteger amount) {
    throw new UnsupportedOperationException();
  }

  public Call open(Address owner, BigInteger number) {
    throw new UnsupportedOperationException();
  }

  /** {@code ownerSignature} empty: the owner itself sends the call. */
  public Call pledge(PledgeTerms terms, Data ownerSignature, Data venueSignature) {
    throw new UnsupportedOperationException();
  }

  public Call withdraw(Address account, Address token, BigInteger amount, Address to) {
    throw new UnsupportedOperationException();
  }

  public Call withdrawWithConsent(Address account, Address token, BigInteger amount, Address to, long deadline, Data venueSignature) {
    throw new UnsupportedOperationException();
  }

  public Call requestWithdrawal(Address account, Address token, BigInteger amount, Address to) {
    throw new UnsupportedOperationException();
  }

  public Call cancelWithdrawal(BigInteger id) {
    throw new UnsupportedOperationException();
  }

  public Call finaliseWithdrawal(BigInteger id, AccountProof proof) {
    throw new UnsupportedOperationException();
  }

  public Call checkpoint(long venue) {
    throw new UnsupportedOperationException();
  }

  public Call claim(long venue, Address account) {
    throw new UnsupportedOperationException();
  }

  public Call contribute(long venue, BigInteger amount) {
    throw new UnsupportedOperationException();
  }

  public Call register(Address venueKey, List<AssetConfig> assets, List<Address> attestors, int threshold, VenueParameters parameters) {
    throw new UnsupportedOperationException();
  }

  public Call post(EpochHeader header, RootPrices prices, Data venueSignature, Data attestorSignatures) {
    throw new UnsupportedOperationException();
  }

  public Call callMargin(AccountProof proof) {
    throw new UnsupportedOperationException();
  }

  public Call cure(AccountProof proof) {
    throw new UnsupportedOperationException();
  }

  public Call lapse(Address account) {
    throw new UnsupportedOperationException();
  }

  /** {@code firstLot} zero: start no auction. */
  public Call declareDefault(AccountProof proof, Address firstLot) {
    throw new UnsupportedOperationException();
  }

  public Call refreshOwed(AccountProof proof) {
    throw new UnsupportedOperationException();
  }

  public Call report(CloseOutReport report, Data venueSignature, Data attestorSignatures) {
    throw new UnsupportedOperationException();
  }

  public Call fixLoss(Address account) {
    throw new UnsupportedOperationException();
  }

  public Call fixLossWithoutReport(AccountProof proof) {
    throw new UnsupportedOperationException();
  }

  public Call resolve(Address account) {
    throw new UnsupportedOperationException();
  }

  public Call start(Address account, Address token) {
    throw new UnsupportedOperationException();
  }

  public Call take(BigInteger lot, BigInteger amount, BigInteger maxPrice, Address receiver, Data data) {
    throw new UnsupportedOperationException();
  }

  public Call reset(BigInteger lot) {
    throw new UnsupportedOperationException();
  }

  public Call close(BigInteger lot) {
    throw new UnsupportedOperationException();
  }

  public Call sellToFund(BigInteger lot) {
    throw new UnsupportedOperationException();
  }

  public Call settle(EpochHeader header, List<Leaf> leaves, List<Data> siblings) {
    throw new UnsupportedOperationException();
  }

  public Call fundVenueTranche(Address fund, BigInteger assets) {
    throw new UnsupportedOperationException();
  }

  public Call noticeRedemption(Address fund, BigInteger shares) {
    throw new UnsupportedOperationException();
  }

  public Call deposit(Address fund, BigInteger assets, Address receiver) {
    throw new UnsupportedOperationException();
  }

  public Call redeem(Address fund, BigInteger shares, Address receiver, Address owner) {
    throw new UnsupportedOperationException();
  }

  /** Test tokens of a local chain only. */
  public Call mint(Address testToken, Address to, BigInteger amount) {
    throw new UnsupportedOperationException();
  }

  /** Test feeds of a local chain only; {@code updatedAt} in chain seconds. */
  public Call setFeed(Address testFeed, BigInteger answer, long updatedAt) {
    throw new UnsupportedOperationException();
  }

  /** Test contract wallets of a local chain only. */
  public Call execute(Address testContractWallet, Address to, Data data) {
    throw new UnsupportedOperationException();
  }
}
