package io.ringfence.chain.encode;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Structs;
import io.ringfence.chain.abi.Wrappers;
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
import org.web3j.protocol.core.RemoteFunctionCall;

/** Calldata of every function that changes state. Amounts are in smallest units of their token, results in settlement units. */
public final class Calls {
  private final Deployment.Contracts contracts;

  public Calls(Deployment deployment) {
    this.contracts = deployment.contracts();
  }

  public Call approve(Address token, Address spender, BigInteger amount) {
    return call(token, Wrappers.ERC20.approve(spender.hex(), amount));
  }

  public Call transfer(Address token, Address to, BigInteger amount) {
    return call(token, Wrappers.ERC20.transfer(to.hex(), amount));
  }

  public Call transferFrom(Address token, Address from, Address to, BigInteger amount) {
    return call(token, Wrappers.ERC20.transferFrom(from.hex(), to.hex(), amount));
  }

  public Call open(Address owner, BigInteger number) {
    return call(contracts.vault(), Wrappers.VAULT.open(owner.hex(), number));
  }

  /** {@code ownerSignature} empty: the owner itself sends the call. */
  public Call pledge(PledgeTerms terms, Data ownerSignature, Data venueSignature) {
    return call(contracts.vault(), Wrappers.VAULT.pledge(Structs.terms(terms), ownerSignature.bytes(), venueSignature.bytes()));
  }

  public Call withdraw(Address account, Address token, BigInteger amount, Address to) {
    return call(contracts.vault(), Wrappers.VAULT.withdraw(account.hex(), token.hex(), amount, to.hex()));
  }

  public Call withdrawWithConsent(Address account, Address token, BigInteger amount, Address to, long deadline, Data venueSignature) {
    return call(contracts.vault(), Wrappers.VAULT.withdrawWithConsent(
        account.hex(), token.hex(), amount, to.hex(), big(deadline), venueSignature.bytes()));
  }

  public Call requestWithdrawal(Address account, Address token, BigInteger amount, Address to) {
    return call(contracts.vault(), Wrappers.VAULT.requestWithdrawal(account.hex(), token.hex(), amount, to.hex()));
  }

  public Call cancelWithdrawal(BigInteger id) {
    return call(contracts.vault(), Wrappers.VAULT.cancelWithdrawal(id));
  }

  public Call finaliseWithdrawal(BigInteger id, AccountProof proof) {
    return call(contracts.vault(), Wrappers.VAULT.finaliseWithdrawal(id, Structs.vaultProof(proof)));
  }

  public Call checkpoint(long venue) {
    return call(contracts.vault(), Wrappers.VAULT.checkpoint(big(venue)));
  }

  public Call claim(long venue, Address account) {
    return call(contracts.vault(), Wrappers.VAULT.claim(big(venue), account.hex()));
  }

  public Call contribute(long venue, BigInteger amount) {
    return call(contracts.vault(), Wrappers.VAULT.contribute(big(venue), amount));
  }

  public Call register(Address venueKey, List<AssetConfig> assets, List<Address> attestors, int threshold, VenueParameters parameters) {
    return call(contracts.venueRegistry(), Wrappers.REGISTRY.register(venueKey.hex(), assets.stream().map(Structs::asset).toList(),
        attestors.stream().map(Address::hex).toList(), big(threshold), Structs.parameters(parameters)));
  }

  public Call post(EpochHeader header, RootPrices prices, Data venueSignature, Data attestorSignatures) {
    return call(contracts.attestationLog(), Wrappers.LOG.post(
        Structs.logHeader(header), Structs.logPrices(prices), venueSignature.bytes(), attestorSignatures.bytes()));
  }

  public Call callMargin(AccountProof proof) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.callMargin(Structs.defaultsProof(proof)));
  }

  public Call cure(AccountProof proof) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.cure(Structs.defaultsProof(proof)));
  }

  public Call lapse(Address account) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.lapse(account.hex()));
  }

  /** {@code firstLot} zero: start no auction. */
  public Call declareDefault(AccountProof proof, Address firstLot) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.declareDefault(Structs.defaultsProof(proof), firstLot.hex()));
  }

  public Call refreshOwed(AccountProof proof) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.refreshOwed(Structs.defaultsProof(proof)));
  }

  public Call report(CloseOutReport report, Data venueSignature, Data attestorSignatures) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.report(
        Structs.report(report), venueSignature.bytes(), attestorSignatures.bytes()));
  }

  public Call fixLoss(Address account) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.fixLoss(account.hex()));
  }

  public Call fixLossWithoutReport(AccountProof proof) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.fixLossWithoutReport(Structs.defaultsProof(proof)));
  }

  public Call resolve(Address account) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.resolve(account.hex()));
  }

  public Call collectReward(Address token, Address to) {
    return call(contracts.defaultManager(), Wrappers.DEFAULTS.collectReward(token.hex(), to.hex()));
  }

  public Call start(Address account, Address token) {
    return call(contracts.liquidationAuction(), Wrappers.AUCTION.start(account.hex(), token.hex()));
  }

  public Call take(BigInteger lot, BigInteger amount, BigInteger maxPrice, Address receiver, Data data) {
    return call(contracts.liquidationAuction(), Wrappers.AUCTION.take(lot, amount, maxPrice, receiver.hex(), data.bytes()));
  }

  public Call reset(BigInteger lot) {
    return call(contracts.liquidationAuction(), Wrappers.AUCTION.reset(lot));
  }

  public Call close(BigInteger lot) {
    return call(contracts.liquidationAuction(), Wrappers.AUCTION.close(lot));
  }

  public Call sellToFund(BigInteger lot) {
    return call(contracts.liquidationAuction(), Wrappers.AUCTION.sellToFund(lot));
  }

  public Call settle(EpochHeader header, List<Leaf> leaves, List<Data> siblings) {
    return call(contracts.settlement(), Wrappers.SETTLEMENT.settle(
        Structs.settlementHeader(header), leaves.stream().map(Structs::settlementLeaf).toList(),
        siblings.stream().map(Data::bytes).toList()));
  }

  public Call fundVenueTranche(Address fund, BigInteger assets) {
    return call(fund, Wrappers.FUND.fundVenueTranche(assets));
  }

  public Call noticeRedemption(Address fund, BigInteger shares) {
    return call(fund, Wrappers.FUND.noticeRedemption(shares));
  }

  public Call deposit(Address fund, BigInteger assets, Address receiver) {
    return call(fund, Wrappers.ERC4626.deposit(assets, receiver.hex()));
  }

  public Call redeem(Address fund, BigInteger shares, Address receiver, Address owner) {
    return call(fund, Wrappers.ERC4626.redeem(shares, receiver.hex(), owner.hex()));
  }

  /** Test tokens of a local chain only. */
  public Call mint(Address testToken, Address to, BigInteger amount) {
    return call(testToken, Wrappers.FIXTURES.mint(to.hex(), amount));
  }

  /** Test feeds of a local chain only; {@code updatedAt} in chain seconds. */
  public Call setFeed(Address testFeed, BigInteger answer, long updatedAt) {
    return call(testFeed, Wrappers.FIXTURES.set(answer, big(updatedAt)));
  }

  /** Test contract wallets of a local chain only. */
  public Call execute(Address testContractWallet, Address to, Data data) {
    return call(testContractWallet, Wrappers.FIXTURES.execute(to.hex(), data.bytes()));
  }

  private static Call call(Address to, RemoteFunctionCall<?> function) {
    return new Call(to, new Data(function.encodeFunctionCall()));
  }
}
