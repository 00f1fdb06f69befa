package io.ringfence.chain.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes16;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.chain.type.WithdrawalDoor;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;

/** The calls against the deployed contracts: what the contracts understand is what was meant. */
@ExtendWith(LocalNodeExtension.class)
class CallsTest {
  private static final long VENUE = 1;
  private static final BigInteger DEPOSIT = BigInteger.valueOf(5_000_000_000L);

  private final EventDecoder decoder = new EventDecoder();
  private final Signer owner = NodeProcess.role("member-1");
  private final Signer venue = NodeProcess.role("venue");
  private NodeProcess node;
  private Calls calls;
  private Address settlementAsset;
  private Address account;

  @BeforeEach
  void fundAnAccountBeforeItExists(NodeProcess running) {
    node = running;
    calls = node.calls();
    settlementAsset = node.deployment().venue(VENUE).orElseThrow().settlementAsset();
    account = node.contracts().vault().predict(owner.address(), BigInteger.TWO);
    Sending.mint(node, settlementAsset, account, DEPOSIT.longValueExact());
  }

  private List<ChainEvent> events(Receipt receipt) {
    return receipt.logs().stream().flatMap(log -> decoder.decode(log).stream()).toList();
  }

  private <E extends ChainEvent> E only(Receipt receipt, Class<E> kind) {
    List<E> found = events(receipt).stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private long now() {
    return node.rpc().block(BlockTag.LATEST).orElseThrow().timestamp();
  }

  private void pledge() {
    Sending.send(node, owner, calls.open(owner.address(), BigInteger.TWO));
    PledgeTerms terms = new PledgeTerms(account, VENUE, node.contracts().registry().policyVersion(VENUE), BigInteger.TEN.pow(12), 0,
        now() + 600);
    Bytes32 digest = new Eip712(31337, node.deployment().vault()).pledge(terms);
    Receipt receipt = Sending.send(node, NodeProcess.role("venue-operator"),
        calls.pledge(terms, owner.sign(digest), venue.sign(digest)));
    ChainEvent.AccountPledged pledged = only(receipt, ChainEvent.AccountPledged.class);
    assertThat(pledged.account()).isEqualTo(account);
    assertThat(pledged.debitCap()).isEqualTo(terms.debitCap());
  }

  @Test
  void opensPledgesAndReadsTheRecord() {
    pledge();
    AccountRecord record = node.contracts().vault().record(account);
    assertThat(record.venue()).isEqualTo(VENUE);
    assertThat(record.status()).isEqualTo(AccountStatus.ACTIVE);
    assertThat(record.settled()).isZero();
    assertThat(node.contracts().vault().ownerOf(account)).isEqualTo(owner.address());
    assertThat(node.contracts().vault().pledges(account)).isEqualTo(1);
    assertThat(node.contracts().vault().debitCap(account)).isEqualTo(BigInteger.TEN.pow(12));
    List<BigInteger> prices = node.contracts().valuer().prices(VENUE);
    assertThat(node.contracts().valuer().values(account, prices).atRoot()).isEqualTo(DEPOSIT);
  }

  @Test
  void withdrawsWhatIsUnpledged() {
    Sending.send(node, owner, calls.open(owner.address(), BigInteger.TWO));
    Receipt receipt = Sending.send(node, owner, calls.withdraw(account, settlementAsset, BigInteger.TEN, owner.address()));
    ChainEvent.Withdrawn withdrawn = only(receipt, ChainEvent.Withdrawn.class);
    assertThat(withdrawn.door()).isEqualTo(WithdrawalDoor.FREE);
    assertThat(withdrawn.amount()).isEqualTo(10);
    assertThat(node.contracts().token(settlementAsset).balanceOf(account)).isEqualTo(DEPOSIT.subtract(BigInteger.TEN));
  }

  @Test
  void withdrawsWithTheVenuesConsentOnce() {
    pledge();
    long deadline = now() + 600;
    AccountRecord record = node.contracts().vault().record(account);
    Consent consent = new Consent(account, VENUE, record.index(), settlementAsset, BigInteger.TWO, owner.address(),
        record.consentNonce(), deadline);
    Data signature = venue.sign(new Eip712(31337, node.deployment().vault()).consent(consent));
    Call call = calls.withdrawWithConsent(account, settlementAsset, BigInteger.TWO, owner.address(), deadline, signature);

    assertThat(only(Sending.send(node, owner, call), ChainEvent.Withdrawn.class).door()).isEqualTo(WithdrawalDoor.CONSENT);
    CallRefusedException again = catchThrowableOfType(CallRefusedException.class, () -> Sending.send(node, owner, call));
    assertThat(again.revert().error()).isEqualTo("VenueSignature");
  }

  @Test
  void postsARootAndPaysARequestUnderIt() {
    pledge();
    BigInteger amount = BigInteger.valueOf(1_000_000_000);
    ChainEvent.WithdrawalRequested request = only(Sending.send(node, owner,
        calls.requestWithdrawal(account, settlementAsset, amount, owner.address())), ChainEvent.WithdrawalRequested.class);
    assertThat(request.amount()).isEqualTo(amount);
    assertThat(node.contracts().vault().request(account, settlementAsset).to()).isEqualTo(owner.address());
    assertThat(node.contracts().vault().request(account, settlementAsset).amount()).isEqualTo(amount);
    assertThat(node.contracts().vault().record(account).pendingMask()).isEqualTo(1);
    assertThat(node.contracts().vault().pendingOf(account, settlementAsset)).isEqualTo(amount);

    AccountProof proof = post(BigInteger.valueOf(3_000_000_000L));

    node.contracts().log().verifyInclusion(proof.header(), proof.leaf(), proof.siblings());
    assertThat(node.contracts().log().requireFresh(proof.header()).structHash()).isEqualTo(Eip712.structHash(proof.header()));
    Receipt paid = Sending.send(node, NodeProcess.role("keeper-2"), calls.finaliseWithdrawal(settlementAsset, proof));
    assertThat(only(paid, ChainEvent.WithdrawalFinalised.class).epoch()).isEqualTo(1);
    assertThat(node.contracts().token(settlementAsset).balanceOf(account)).isEqualTo(DEPOSIT.subtract(amount));
  }

  @Test
  void refusesARequestThatTheRequirementHolds() {
    pledge();
    Sending.send(node, owner, calls.requestWithdrawal(account, settlementAsset, BigInteger.valueOf(1_000_000_000), owner.address()));
    AccountProof proof = post(BigInteger.valueOf(4_000_000_001L));

    CallRefusedException refused = catchThrowableOfType(CallRefusedException.class,
        () -> Sending.send(node, owner, calls.finaliseWithdrawal(settlementAsset, proof)));
    assertThat(refused.revert().toString()).isEqualTo("RequirementNotMet(value=4000000000, required=4000000001)");
  }

  @Test
  void refusesAForgedLeaf() {
    pledge();
    AccountProof proof = post(BigInteger.TEN);
    Leaf l = proof.leaf();
    Leaf forged = new Leaf(l.index(), l.account(), l.credit(), l.debit(), BigInteger.ZERO, l.maintenanceMargin(),
        l.positionsHash(), l.salt());
    CallRefusedException refused = catchThrowableOfType(CallRefusedException.class,
        () -> node.contracts().log().verifyInclusion(proof.header(), forged, proof.siblings()));
    assertThat(refused.revert().error()).isEqualTo("RootMismatch");
  }

  @Test
  void callsAndCuresAnAccount() {
    pledge();
    AccountProof shortOf = post(BigInteger.valueOf(6_000_000_000L));
    ChainEvent.MarginCalled called =
        only(Sending.send(node, NodeProcess.role("keeper-1"), calls.callMargin(shortOf)), ChainEvent.MarginCalled.class);
    assertThat(called.initialMargin()).isEqualTo(6_000_000_000L);
    assertThat(node.contracts().defaults().caseOf(account).time()).isEqualTo(called.deadline());

    Sending.mint(node, settlementAsset, account, 1_000_000_000L);
    Receipt cured = Sending.send(node, NodeProcess.role("keeper-1"), calls.cure(shortOf));
    assertThat(only(cured, ChainEvent.MarginCured.class).account()).isEqualTo(account);
  }

  @Test
  void fundsTheDefaultFund() {
    Address fund = node.deployment().venue(VENUE).orElseThrow().fund();
    Sending.mint(node, settlementAsset, owner.address(), 300);
    Sending.send(node, owner, calls.approve(settlementAsset, fund, BigInteger.valueOf(300)));
    ChainEvent.TrancheChanged changed =
        only(Sending.send(node, owner, calls.fundVenueTranche(fund, BigInteger.valueOf(100))), ChainEvent.TrancheChanged.class);
    assertThat(changed.tranche()).isEqualTo(1);
    assertThat(changed.delta()).isEqualTo(100);
    Address series = node.contracts().fund(fund).series();
    Sending.send(node, owner, calls.approve(settlementAsset, series, BigInteger.valueOf(200)));
    Sending.send(node, owner, calls.deposit(series, BigInteger.valueOf(200), owner.address()));
    assertThat(node.contracts().fund(fund).venueTranche()).isEqualTo(100);
    assertThat(node.contracts().fund(fund).memberTranche()).isEqualTo(200);
    BigInteger shares = node.contracts().series(series).sharesOf(owner.address());
    assertThat(node.contracts().series(series).convertToAssets(shares)).isBetween(BigInteger.valueOf(199), BigInteger.valueOf(200));
  }

  @Test
  void announcesAndTakesBackARedemption() {
    Address series = node.contracts().fund(node.deployment().venue(VENUE).orElseThrow().fund()).series();
    Sending.mint(node, settlementAsset, owner.address(), 200);
    Sending.send(node, owner, calls.approve(settlementAsset, series, BigInteger.valueOf(200)));
    Sending.send(node, owner, calls.deposit(series, BigInteger.valueOf(200), owner.address()));
    BigInteger shares = node.contracts().series(series).sharesOf(owner.address());
    ChainEvent.RedemptionNoticed noticed =
        only(Sending.send(node, owner, calls.noticeRedemption(series, shares)), ChainEvent.RedemptionNoticed.class);
    assertThat(noticed.member()).isEqualTo(owner.address());
    assertThat(noticed.position().address()).isEqualTo(series);
    assertThat(node.contracts().series(series).sharesOf(owner.address())).isZero();
    assertThat(only(Sending.send(node, owner, calls.cancelNotice(series, noticed.id())), ChainEvent.NoticeCancelled.class).shares())
        .isEqualTo(shares);
  }

  /** Posts a root of one leaf: the account's, with this initial margin. */
  private AccountProof post(BigInteger initialMargin) {
    Receipt checkpoint = Sending.send(node, NodeProcess.role("venue-operator"), calls.checkpoint(VENUE));
    assertThat(only(checkpoint, ChainEvent.Checkpointed.class).atBlock()).isEqualTo(checkpoint.blockNumber());
    Leaf leaf = new Leaf(0, account, BigInteger.ZERO, BigInteger.ZERO, initialMargin, BigInteger.ONE, Bytes32.ZERO,
        new Bytes16("0x" + "42".repeat(16)));
    RootPrices prices = new RootPrices(node.contracts().valuer().prices(VENUE), new Bytes32("0x" + "12".repeat(32)));
    EpochHeader header = new EpochHeader(VENUE, 1, checkpoint.blockNumber(), checkpoint.blockHash(), Bytes32.ZERO, 1, hash(leaf),
        BigInteger.ZERO, BigInteger.ZERO, new Bytes32("0x" + "34".repeat(32)), hash(prices), false);
    Bytes32 digest = new Eip712(31337, node.deployment().vault()).header(header);
    String attestations = Stream.of("attestor-1", "attestor-2")
        .map(NodeProcess::role)
        .sorted(Comparator.comparing(attestor -> attestor.address().hex()))
        .map(attestor -> attestor.sign(digest).hex().substring(2))
        .collect(Collectors.joining());
    Receipt posted = Sending.send(node, NodeProcess.role("venue-operator"),
        calls.post(header, prices, venue.sign(digest), new Data("0x" + attestations)));
    ChainEvent.EpochPosted event = only(posted, ChainEvent.EpochPosted.class);
    assertThat(event.header()).isEqualTo(header);
    assertThat(event.prices()).isEqualTo(prices);
    assertThat(event.structHash()).isEqualTo(Eip712.structHash(header));
    return new AccountProof(header, prices, leaf, Data.EMPTY);
  }

  private static Bytes32 hash(Leaf leaf) {
    ByteBuffer packed = ByteBuffer.allocate(120).putInt((int) leaf.index()).put(leaf.account().bytes());
    for (BigInteger amount : List.of(leaf.credit(), leaf.debit(), leaf.initialMargin(), leaf.maintenanceMargin())) {
      packed.put(Numeric.toBytesPadded(amount, 12));
    }
    return Bytes32.of(Hash.sha3(packed.put(leaf.positionsHash().bytes()).put(leaf.salt().bytes()).array()));
  }

  private static Bytes32 hash(RootPrices prices) {
    ByteBuffer encoded = ByteBuffer.allocate(32 * (3 + prices.collateral().size()))
        .put(Numeric.toBytesPadded(BigInteger.valueOf(64), 32))
        .put(prices.market().bytes())
        .put(Numeric.toBytesPadded(BigInteger.valueOf(prices.collateral().size()), 32));
    prices.collateral().forEach(price -> encoded.put(Numeric.toBytesPadded(price, 32)));
    return Bytes32.of(Hash.sha3(encoded.array()));
  }
}
