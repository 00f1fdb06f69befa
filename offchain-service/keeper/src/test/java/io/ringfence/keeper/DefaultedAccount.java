package io.ringfence.keeper;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes16;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.chain.type.RootPrices;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Salt;
import io.ringfence.reserves.SumNode;
import io.ringfence.reserves.SumTree;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An account of collateral alone, in default for more than that is worth: everything of it is for sale. */
final class DefaultedAccount {

  private static final long VENUE = 1;
  private static final BigInteger OWED = BigInteger.TEN.pow(12);
  private static final long MIN_CURE = 600;

  private final NodeProcess node;
  private final Calls calls;
  private final Signer anybody = NodeProcess.role("venue-operator");
  private final Signer venue = NodeProcess.role("venue");
  private final Address account;
  private Bytes32 previous = Bytes32.ZERO;
  private long epoch;

  private DefaultedAccount(NodeProcess node, Address account) {
    this.node = node;
    this.calls = node.calls();
    this.account = account;
  }

  /** One bitcoin and ten ether; the ether is the first lot. */
  static DefaultedAccount withFirstLot(NodeProcess node) {
    Signer owner = KeystoreSigner.ofPrivateKey(BigInteger.valueOf(0x5e11));
    DefaultedAccount defaulted = new DefaultedAccount(node, node.contracts().vault().predict(owner.address(), BigInteger.ZERO));
    Sending.send(node, NodeProcess.role("deployer"),
        node.calls().mint(defaulted.token("WETH"), defaulted.account, BigInteger.TEN.pow(19)));
    Sending.mint(node, defaulted.token("WBTC"), defaulted.account, 100_000_000);
    defaulted.pledge(owner);
    defaulted.send(node.calls().callMargin(defaulted.post()));
    node.control().increaseTime(MIN_CURE + 1);
    defaulted.send(node.calls().declareDefault(defaulted.post(), defaulted.token("WETH")));
    return defaulted;
  }

  /** Puts the bitcoin on sale as well. */
  void startSecondLot() {
    send(calls.start(account, token("WBTC")));
  }

  Address token(String symbol) {
    return node.deployment().token(symbol).orElseThrow().address();
  }

  private void pledge(Signer owner) {
    send(calls.open(owner.address(), BigInteger.ZERO));
    PledgeTerms terms = new PledgeTerms(account, VENUE, node.contracts().registry().policyVersion(VENUE), OWED, 0,
        node.rpc().block(BlockTag.LATEST).orElseThrow().timestamp() + 600);
    Bytes32 digest = new Eip712(node.deployment().chainId(), node.deployment().vault()).pledge(terms);
    send(calls.pledge(terms, owner.sign(digest), venue.sign(digest)));
  }

  /** Posts a root of the one account, which owes. */
  private AccountProof post() {
    Receipt checkpoint = send(calls.checkpoint(VENUE));
    Leaf leaf = new Leaf(0, account, BigInteger.ZERO, OWED, OWED, OWED, Bytes32.ZERO, new Bytes16("0x" + "42".repeat(16)));
    SumNode root = SumTree.of(1, List.of(io.ringfence.reserves.Leaf.ofNet(0, io.ringfence.reserves.Address.of(account.bytes()),
        OWED.negate(), OWED, OWED, Hash.ZERO, Salt.of(leaf.salt().bytes())))).root();
    RootPrices prices = new RootPrices(node.contracts().valuer().prices(VENUE), Bytes32.ZERO);
    Bytes32 pricesHash =
        Bytes32.of(new io.ringfence.reserves.RootPrices(prices.collateral(), Hash.ZERO).hash().toBytes());
    EpochHeader header = new EpochHeader(VENUE, ++epoch, checkpoint.blockNumber(), checkpoint.blockHash(), previous, 1,
        Bytes32.of(root.hash().toBytes()), root.credit(), root.debit(), Bytes32.ZERO, pricesHash, false);
    Bytes32 digest = new Eip712(node.deployment().chainId(), node.deployment().vault()).header(header);
    String attestations = Stream.of("attestor-1", "attestor-2")
        .map(NodeProcess::role)
        .sorted(Comparator.comparing(attestor -> attestor.address().hex()))
        .map(attestor -> attestor.sign(digest).hex().substring(2))
        .collect(Collectors.joining());
    send(calls.post(header, prices, venue.sign(digest), new Data("0x" + attestations)));
    previous = Eip712.structHash(header);
    return new AccountProof(header, prices, leaf, Data.EMPTY);
  }

  private Receipt send(Call call) {
    return Sending.send(node, anybody, call);
  }
}
