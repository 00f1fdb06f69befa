package io.ringfence.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.encode.Call;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.Proof;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.Salt;
import io.ringfence.reserves.SumNode;
import io.ringfence.reserves.SumTree;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Three pledged accounts on the real node, and roots over them that venue and attestors sign, true or not. */
final class PostedRoot {

  static final long VENUE = 1;
  private static final BigInteger CAP = BigInteger.TEN.pow(12);

  private final NodeProcess node;
  private final List<Address> accounts = new ArrayList<>();
  private Bytes32 previous = Bytes32.ZERO;
  private long epoch;

  private PostedRoot(NodeProcess node) {
    this.node = node;
  }

  static PostedRoot with3Accounts(NodeProcess node) {
    PostedRoot roots = new PostedRoot(node);
    for (int i = 0; i < 3; i++) {
      roots.pledge(KeystoreSigner.ofPrivateKey(BigInteger.valueOf(0xacc0 + i)));
    }
    return roots;
  }

  Address account(int index) {
    return accounts.get(index);
  }

  private void pledge(Signer owner) {
    Address account = node.contracts().vault().predict(owner.address(), BigInteger.ZERO);
    send(node.calls().open(owner.address(), BigInteger.ZERO));
    PledgeTerms terms = new PledgeTerms(account, VENUE, node.contracts().registry().policyVersion(VENUE), CAP, 0,
        node.rpc().block(BlockTag.LATEST).orElseThrow().timestamp() + 600);
    Bytes32 digest = domain().pledge(terms);
    send(node.calls().pledge(terms, owner.sign(digest), NodeProcess.role("venue").sign(digest)));
    accounts.add(account);
  }

  /** A leaf for the account of an index: it owes if net is negative. */
  Leaf leaf(int index, Address account, long net) {
    return Leaf.ofNet(index, io.ringfence.reserves.Address.of(account.bytes()), BigInteger.valueOf(net), BigInteger.valueOf(700),
        BigInteger.valueOf(500), Hash.ZERO, Salt.fromHex("0x" + "0%d".formatted(index).repeat(16)));
  }

  List<Leaf> honestLeaves() {
    return List.of(leaf(0, accounts.get(0), 400), leaf(1, accounts.get(1), -1000), leaf(2, accounts.get(2), 600));
  }

  /** Posts a root of these leaves; returns the proof file of one. */
  ObjectNode post(List<Leaf> leaves, int proven) {
    Receipt checkpoint = send(node.calls().checkpoint(VENUE));
    SumTree tree = SumTree.ofSlots(leaves);
    SumNode root = tree.root();
    RootPrices prices = new RootPrices(node.contracts().valuer().prices(VENUE), Hash.ZERO);
    EpochHeader header = new EpochHeader(VENUE, ++epoch, checkpoint.blockNumber(),
        checkpoint.blockHash(), previous, leaves.size(), bytes32(root.hash()), root.credit(), root.debit(), Bytes32.ZERO,
        bytes32(prices.hash()), false);
    Bytes32 digest = domain().header(header);
    Data venue = NodeProcess.role("venue").sign(digest);
    List<Data> attestors = Stream.of("attestor-1", "attestor-2")
        .map(NodeProcess::role)
        .sorted(Comparator.comparing(attestor -> attestor.address().hex()))
        .map(attestor -> attestor.sign(digest))
        .toList();
    StringBuilder joined = new StringBuilder("0x");
    attestors.forEach(signature -> joined.append(signature.hex().substring(2)));
    send(node.calls().post(
        header, new io.ringfence.chain.type.RootPrices(prices.collateral(), Bytes32.ZERO), venue, new Data(joined.toString())));
    previous = Eip712.structHash(header);
    return file(header, venue, attestors, prices, leaves.get(proven), tree.proof(proven));
  }

  private ObjectNode file(EpochHeader header, Data venue, List<Data> attestors, RootPrices prices, Leaf leaf,
      Proof proof) {
    ObjectNode file = new ObjectMapper().createObjectNode();
    file.putObject("header").put("venue", header.venue()).put("epoch", header.epoch()).put("snapshotBlock", header.snapshotBlock())
        .put("snapshotHash", header.snapshotHash().hex()).put("previous", header.previous().hex()).put("accounts", header.accounts())
        .put("root", header.root().hex()).put("totalCredit", header.totalCredit().toString())
        .put("totalDebit", header.totalDebit().toString()).put("paramsHash", header.paramsHash().hex())
        .put("pricesHash", header.pricesHash().hex()).put("settles", header.settles());
    ArrayNode signatures = file.putObject("signatures").put("venue", venue.hex()).putArray("attestors");
    attestors.forEach(signature -> signatures.add(signature.hex()));
    ArrayNode collateral = file.putObject("prices").put("market", Hash.ZERO.hex()).putArray("collateral");
    prices.collateral().forEach(price -> collateral.add(price.toString()));
    file.putObject("leaf").put("index", leaf.index()).put("account", leaf.account().hex()).put("credit", leaf.credit().toString())
        .put("debit", leaf.debit().toString()).put("initialMargin", leaf.initialMargin().toString())
        .put("maintenanceMargin", leaf.maintenanceMargin().toString()).put("positionsHash", leaf.positionsHash().hex())
        .put("salt", leaf.salt().hex());
    ArrayNode siblings = file.putArray("siblings");
    proof.siblings().forEach(sibling -> siblings.addObject().put("hash", sibling.hash().hex())
        .put("credit", sibling.credit().toString()).put("debit", sibling.debit().toString()));
    return file;
  }

  private Eip712 domain() {
    return new Eip712(node.deployment().chainId(), node.deployment().vault());
  }

  private Receipt send(Call call) {
    return Sending.send(node, NodeProcess.role("venue-operator"), call);
  }

  private static Bytes32 bytes32(Hash hash) {
    return Bytes32.of(hash.toBytes());
  }
}
