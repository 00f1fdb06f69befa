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
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.chain.type.VenueParameters;
import java.math.BigInteger;
import java.util.List;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Calldata of every function that changes state. Amounts are in smallest units of their token, results in settlement units. */
public final class Calls {
  private final Address vault;

  public Calls(Deployment deployment) {
    this.vault = deployment.vault();
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
    return call(vault, Wrappers.VAULT.open(owner.hex(), number));
  }

  /** {@code ownerSignature} empty: the owner itself sends the call. */
  public Call pledge(PledgeTerms terms, Data ownerSignature, Data venueSignature) {
    return call(vault, Wrappers.VAULT.pledge(Structs.terms(terms), ownerSignature.bytes(), venueSignature.bytes()));
  }

  public Call withdraw(Address account, Address token, BigInteger amount, Address to) {
    return call(vault, Wrappers.VAULT.withdraw(account.hex(), token.hex(), amount, to.hex()));
  }

  public Call withdrawWithConsent(Address account, Address token, BigInteger amount, Address to, long deadline, Data venueSignature) {
    return call(vault, Wrappers.VAULT.withdrawWithConsent(
        account.hex(), token.hex(), amount, to.hex(), big(deadline), venueSignature.bytes()));
  }

  public Call requestWithdrawal(Address account, Address token, BigInteger amount, Address to) {
    return call(vault, Wrappers.VAULT.requestWithdrawal(account.hex(), token.hex(), amount, to.hex()));
  }

  public Call cancelWithdrawal(Address account, Address token) {
    return call(vault, Wrappers.VAULT.cancelWithdrawal(account.hex(), token.hex()));
  }

  public Call finaliseWithdrawal(Address token, AccountProof proof) {
    return call(vault, Wrappers.VAULT.finaliseWithdrawal(token.hex(), Structs.proof(proof)));
  }

  public Call switchAddressBook(Address account, boolean on) {
    return call(vault, Wrappers.VAULT.switchAddressBook(account.hex(), on));
  }

  public Call addToBook(Address account, Address to) {
    return call(vault, Wrappers.VAULT.addToBook(account.hex(), to.hex()));
  }

  public Call removeFromBook(Address account, Address to) {
    return call(vault, Wrappers.VAULT.removeFromBook(account.hex(), to.hex()));
  }

  public Call lowerDebitCap(Address account, BigInteger cap) {
    return call(vault, Wrappers.VAULT.lowerDebitCap(account.hex(), cap));
  }

  public Call applyDebitCap(Address account) {
    return call(vault, Wrappers.VAULT.applyDebitCap(account.hex()));
  }

  /** Carries out what {@code call} would, for the owner who signed it. */
  public Call relay(Data call, BigInteger nonce, long deadline, Data signature) {
    return call(vault, Wrappers.VAULT.relay(call.bytes(), nonce, big(deadline), signature.bytes()));
  }

  public Call checkpoint(long venue) {
    return call(vault, Wrappers.VAULT.checkpoint(big(venue)));
  }

  public Call claim(long venue, Address account) {
    return call(vault, Wrappers.VAULT.claim(big(venue), account.hex()));
  }

  public Call contribute(long venue, BigInteger amount) {
    return call(vault, Wrappers.VAULT.contribute(big(venue), amount));
  }

  /** {@code guardian} zero: nobody may pause. */
  public Call register(
      Address venueKey,
      Address guardian,
      List<AssetConfig> assets,
      List<Address> attestors,
      int threshold,
      VenueParameters parameters) {
    return call(vault, Wrappers.VAULT.register(venueKey.hex(), guardian.hex(), assets.stream().map(Structs::asset).toList(),
        attestors.stream().map(Address::hex).toList(), big(threshold), Structs.parameters(parameters)));
  }

  public Call publishPolicy(long venue, List<AssetConfig> assets, VenueParameters parameters) {
    return call(vault,
        Wrappers.VAULT.publishPolicy(big(venue), assets.stream().map(Structs::asset).toList(), Structs.parameters(parameters)));
  }

  public Call adoptPolicy(Address account, long version) {
    return call(vault, Wrappers.VAULT.adoptPolicy(account.hex(), big(version)));
  }

  public Call changeQuorum(
      long venue, Address venueKey, Address guardian, List<Address> attestors, int threshold, Data attestorSignatures) {
    return call(vault, Wrappers.VAULT.changeQuorum(big(venue), venueKey.hex(), guardian.hex(),
        attestors.stream().map(Address::hex).toList(), big(threshold), attestorSignatures.bytes()));
  }

  public Call applyQuorum(long venue) {
    return call(vault, Wrappers.VAULT.applyQuorum(big(venue)));
  }

  public Call pause(long venue) {
    return call(vault, Wrappers.VAULT.pause(big(venue)));
  }

  public Call poke(long venue) {
    return call(vault, Wrappers.VAULT.poke(big(venue)));
  }

  public Call fail(long venue) {
    return call(vault, Wrappers.VAULT.fail(big(venue)));
  }

  public Call post(EpochHeader header, RootPrices prices, Data venueSignature, Data attestorSignatures) {
    return call(vault, Wrappers.VAULT.post(
        Structs.header(header), Structs.prices(prices), venueSignature.bytes(), attestorSignatures.bytes()));
  }

  public Call callMargin(AccountProof proof) {
    return call(vault, Wrappers.VAULT.callMargin(Structs.proof(proof)));
  }

  public Call cure(AccountProof proof) {
    return call(vault, Wrappers.VAULT.cure(Structs.proof(proof)));
  }

  public Call lapse(Address account) {
    return call(vault, Wrappers.VAULT.lapse(account.hex()));
  }

  /** {@code firstLot} zero: start no auction. */
  public Call declareDefault(AccountProof proof, Address firstLot) {
    return call(vault, Wrappers.VAULT.declareDefault(Structs.proof(proof), firstLot.hex()));
  }

  public Call refreshOwed(AccountProof proof) {
    return call(vault, Wrappers.VAULT.refreshOwed(Structs.proof(proof)));
  }

  public Call report(CloseOutReport report, Data venueSignature, Data attestorSignatures) {
    return call(vault, Wrappers.VAULT.report(
        Structs.report(report), venueSignature.bytes(), attestorSignatures.bytes()));
  }

  public Call fixLoss(Address account) {
    return call(vault, Wrappers.VAULT.fixLoss(account.hex()));
  }

  public Call fixLossWithoutReport(AccountProof proof) {
    return call(vault, Wrappers.VAULT.fixLossWithoutReport(Structs.proof(proof)));
  }

  public Call resolve(Address account) {
    return call(vault, Wrappers.VAULT.resolve(account.hex()));
  }

  public Call collectReward(Address token, Address to) {
    return call(vault, Wrappers.VAULT.collectReward(token.hex(), to.hex()));
  }

  public Call start(Address account, Address token) {
    return call(vault, Wrappers.VAULT.start(account.hex(), token.hex()));
  }

  public Call take(BigInteger lot, BigInteger amount, BigInteger maxPrice, Address receiver, Data data) {
    return call(vault, Wrappers.VAULT.take(lot, amount, maxPrice, receiver.hex(), data.bytes()));
  }

  public Call reset(BigInteger lot) {
    return call(vault, Wrappers.VAULT.reset(lot));
  }

  public Call close(BigInteger lot) {
    return call(vault, Wrappers.VAULT.close(lot));
  }

  public Call sellToFund(BigInteger lot) {
    return call(vault, Wrappers.VAULT.sellToFund(lot));
  }

  /** Passes what nobody bought, with the loss fixed, to the pool's claimants. */
  public Call passInKind(BigInteger lot) {
    return call(vault, Wrappers.VAULT.passInKind(lot));
  }

  /** Sells just what an account owes. */
  public Call startOwed(AccountProof settling, AccountProof current, Address token) {
    return call(vault, Wrappers.VAULT.startOwed(Structs.proof(settling), Structs.proof(current), token.hex()));
  }

  /**
   * Settles a contiguous range of leaves.
   *
   * @param first index of the first leaf
   * @param leaves 120 bytes each, all zero for a released index
   * @param siblings of the range, 64 bytes each
   */
  public Call settle(EpochHeader header, long first, Data leaves, Data siblings) {
    return call(vault, Wrappers.VAULT.settle(Structs.header(header), big(first), leaves.bytes(), siblings.bytes()));
  }

  /** Pays by the owner's own hand what the newest root says is owed. */
  public Call payOwed(AccountProof proof, BigInteger amount) {
    return call(vault, Wrappers.VAULT.payOwed(Structs.proof(proof), amount));
  }

  public Call claimInKind(long venue, Address account, Address token, BigInteger value) {
    return call(vault, Wrappers.VAULT.claimInKind(big(venue), account.hex(), token.hex(), value));
  }

  public Call buyInKind(long venue, Address token, BigInteger amount, BigInteger mostValue, Address to) {
    return call(vault, Wrappers.VAULT.buyInKind(big(venue), token.hex(), amount, mostValue, to.hex()));
  }

  public Call fundVenueTranche(Address fund, BigInteger assets) {
    return call(fund, Wrappers.FUND.fundVenueTranche(assets));
  }

  public Call openSeries(Address fund) {
    return call(fund, Wrappers.FUND.openSeries());
  }

  public Call deposit(Address series, BigInteger assets, Address receiver) {
    return call(series, Wrappers.SERIES.deposit(assets, receiver.hex()));
  }

  public Call noticeRedemption(Address series, BigInteger shares) {
    return call(series, Wrappers.SERIES.noticeRedemption(shares));
  }

  public Call redeemNotice(Address series, BigInteger id) {
    return call(series, Wrappers.SERIES.redeemNotice(id));
  }

  public Call cancelNotice(Address series, BigInteger id) {
    return call(series, Wrappers.SERIES.cancelNotice(id));
  }

  public Call redeem(Address series, BigInteger shares, Address receiver, Address owner) {
    return call(series, Wrappers.SERIES.redeem(shares, receiver.hex(), owner.hex()));
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
