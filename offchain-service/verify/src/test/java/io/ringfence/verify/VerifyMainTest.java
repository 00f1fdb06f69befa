package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.NodeProxy;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.type.Address;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command on the real node: a true proof, and one lie at a time, each with the check that finds it. */
@ExtendWith(LocalNodeExtension.class)
class VerifyMainTest {

  private static final String ANYBODY = "0x" + "ab".repeat(20);

  @TempDir private Path directory;
  private NodeProcess node;
  private PostedRoot roots;
  private String out;
  private String err;

  @BeforeEach
  void pledge(NodeProcess started) {
    node = started;
    roots = PostedRoot.with3Accounts(node);
  }

  private int run(ObjectNode proof) throws IOException {
    return run(node.deployment().rpc(), node.deployment().vault(), proof.toString());
  }

  private int run(URI rpc, Address vault, String content) throws IOException {
    Path file = Files.writeString(directory.resolve("proof.json"), content);
    return execute("--rpc", rpc.toString(), "--vault", vault.hex(), "--proof", file.toString());
  }

  private int execute(String... arguments) {
    StringWriter printed = new StringWriter();
    StringWriter complained = new StringWriter();
    int exit = new CommandLine(new VerifyMain()).setOut(new PrintWriter(printed)).setErr(new PrintWriter(complained)).execute(arguments);
    out = printed.toString();
    err = complained.toString();
    return exit;
  }

  private void assertFailed(Check check, String found) {
    assertThat(out).contains("FAILED  " + check + ": ").contains(found).contains("which means: " + check.failed());
    assertThat(out.lines().filter(line -> line.startsWith("ok"))).hasSize(check.ordinal());
  }

  @Test
  void aTrueProofPassesEveryCheck() throws IOException {
    roots.post(roots.honestLeaves(), 0);
    ObjectNode proof = roots.post(roots.honestLeaves(), 1);
    assertThat(run(proof)).as(out + err).isZero();
    assertThat(out.lines().filter(line -> line.startsWith("ok"))).hasSize(Check.values().length);
    assertThat(out)
        .contains("account " + roots.account(1) + " of ")
        .contains("epoch 2, the newest is 2")
        .contains("owes 1000; initial margin 700, maintenance margin 500")
        .contains("not checked: the margins themselves");
    assertThat(err).isEmpty();
  }

  @Test
  void anOlderProofStillHoldsAndSaysSo() throws IOException {
    ObjectNode proof = roots.post(roots.honestLeaves(), 2);
    roots.post(roots.honestLeaves(), 0);
    assertThat(run(proof)).as(out + err).isZero();
    assertThat(out).contains("epoch 1, the newest is 2").contains("is owed 600;");
  }

  @Test
  void feedsThatHaveStoppedLeaveAProofAsGoodAsItIs() throws IOException {
    Sending.mint(node, node.deployment().token("WBTC").orElseThrow().address(), roots.account(1), 100_000_000);
    ObjectNode proof = roots.post(roots.honestLeaves(), 1);
    node.control().increaseTime(400 * 86_400L);
    Sending.mint(node, node.deployment().token("USDC").orElseThrow().address(), roots.account(1), 1);
    assertThat(run(proof)).as(out + err).isZero();
    assertThat(out).contains("worth cannot be said now: ").contains("owes 1000;");
  }

  /** A change to a true proof, the check that finds it, and what it says. */
  private record Lie(Check check, String found, Consumer<ObjectNode> change) {}

  private static List<Lie> lies() {
    return List.of(
        new Lie(Check.CHAIN, "the header is of venue 99", proof -> header(proof).put("venue", 99)),
        new Lie(Check.POSTED, "epoch 3 of venue 1 was not posted; the newest is 2", proof -> header(proof).put("epoch", 3)),
        new Lie(Check.POSTED, "in the file and 0x", proof -> header(proof).put("epoch", 1)),
        new Lie(Check.POSTED, "the header's hash is", proof -> header(proof).put("totalCredit", "2000")),
        new Lie(Check.POSTED, "the header's hash is", proof -> header(proof).put("root", "0x" + "11".repeat(32))),
        new Lie(Check.SIGNATURES, "the venue's signature is not that of its key",
            proof -> signatures(proof).set("venue", attestors(proof).get(0))),
        new Lie(Check.SIGNATURES, "1 attestors signed, 2 have to", proof -> attestors(proof).remove(1)),
        new Lie(Check.SIGNATURES, "each attestor counts once", proof -> attestors(proof).set(1, attestors(proof).get(0))),
        new Lie(Check.SIGNATURES, "ascending by address", proof -> attestors(proof).add(attestors(proof).remove(0))),
        new Lie(Check.SIGNATURES, "who is none of the venue's attestors",
            proof -> attestors(proof).set(0, signatures(proof).get("venue"))),
        new Lie(Check.SIGNATURES, "attestor signature 0 is nobody's", proof -> attestors(proof).set(0, "0x1234")),
        new Lie(Check.PRICES, "the prices' hash is", proof -> ((ArrayNode) proof.get("prices").get("collateral")).set(0, "7")),
        new Lie(Check.INCLUDED, "ROOT_MISMATCH", proof -> leaf(proof).put("debit", "999")),
        new Lie(Check.INCLUDED, "ROOT_MISMATCH", proof -> leaf(proof).put("account", ANYBODY)),
        new Lie(Check.INCLUDED, "INDEX_OUT_OF_RANGE", proof -> leaf(proof).put("index", 3)),
        new Lie(Check.INCLUDED, "ROOT_MISMATCH", proof -> leaf(proof).put("salt", "0x" + "77".repeat(16))),
        new Lie(Check.INCLUDED, "WRONG_DEPTH", proof -> ((ArrayNode) proof.get("siblings")).remove(0)),
        new Lie(Check.INCLUDED, "PHANTOM_SUM", proof -> sibling(proof, 0).put("hash", "0x" + "00".repeat(32))),
        new Lie(Check.INCLUDED, "SUM_OVERFLOW", proof -> sibling(proof, 0).put("debit", "340282366920938463463374607431768211455")),
        new Lie(Check.INCLUDED, "ROOT_MISMATCH", proof -> sibling(proof, 1).put("credit", "599")));
  }

  private static ObjectNode header(ObjectNode proof) {
    return (ObjectNode) proof.get("header");
  }

  private static ObjectNode leaf(ObjectNode proof) {
    return (ObjectNode) proof.get("leaf");
  }

  private static ObjectNode signatures(ObjectNode proof) {
    return (ObjectNode) proof.get("signatures");
  }

  private static ArrayNode attestors(ObjectNode proof) {
    return (ArrayNode) signatures(proof).get("attestors");
  }

  private static ObjectNode sibling(ObjectNode proof, int level) {
    return (ObjectNode) proof.get("siblings").get(level);
  }

  @Test
  void oneLieAtATimeIsFoundByItsCheck() throws IOException {
    roots.post(roots.honestLeaves(), 0);
    ObjectNode proof = roots.post(roots.honestLeaves(), 1);
    for (Lie lie : lies()) {
      ObjectNode changed = proof.deepCopy();
      lie.change().accept(changed);
      assertThat(run(changed)).as(lie.found()).isOne();
      assertFailed(lie.check(), lie.found());
    }
  }

  @Test
  void aLeafThatIsInTheTreeUnderAnotherAccountOrIndex() throws IOException {
    List<io.ringfence.reserves.Leaf> dummy = List.of(roots.leaf(0, roots.account(0), 400), roots.leaf(1, new Address(ANYBODY), -1000),
        roots.leaf(2, roots.account(0), 600));
    assertThat(run(roots.post(dummy, 1))).isOne();
    assertFailed(Check.ACCOUNT, ANYBODY + " is no account of the vault");
    assertThat(run(roots.post(dummy, 2))).isOne();
    assertFailed(Check.ACCOUNT, "is now pledged to venue 1 with index 0, the leaf has index 2");
  }

  @Test
  void aVaultThatIsNone() throws IOException {
    ObjectNode proof = roots.post(roots.honestLeaves(), 0);
    assertThat(run(node.deployment().rpc(), new Address(ANYBODY), proof.toString())).isOne();
    assertFailed(Check.CHAIN, "there is no contract at " + ANYBODY);
  }

  @Test
  void aChainWithOtherBlocks() throws IOException {
    ObjectNode proof = roots.post(roots.honestLeaves(), 0);
    String hash = header(proof).get("snapshotHash").textValue();
    try (NodeProxy other = new NodeProxy(node.deployment().rpc(),
        (body, real) -> body.contains("eth_getBlockByNumber") ? real.ask(body).replace(hash, "0x" + "99".repeat(32)) : real.ask(body))) {
      assertThat(run(other.url(), node.deployment().vault(), proof.toString())).isOne();
    }
    assertFailed(Check.SNAPSHOT, hash + " in the file and 0x9999");
  }

  @Test
  void aHistoryWithAnotherPredecessor() throws IOException {
    roots.post(roots.honestLeaves(), 0);
    ObjectNode proof = roots.post(roots.honestLeaves(), 1);
    String previous = header(proof).get("previous").textValue();
    try (NodeProxy other = new NodeProxy(node.deployment().rpc(),
        (body, real) -> real.ask(body).replace(previous.substring(2), "99".repeat(32)))) {
      assertThat(run(other.url(), node.deployment().vault(), proof.toString())).isOne();
    }
    assertFailed(Check.LINKED, previous + " in the file and 0x9999");
  }

  @Test
  void aNodeThatDoesNotAnswer() throws IOException {
    assertThat(run(URI.create("http://127.0.0.1:1"), node.deployment().vault(), roots.post(roots.honestLeaves(), 0).toString())).isOne();
    assertThat(err).startsWith("verify: ").contains("127.0.0.1:1");
    assertThat(err.lines()).hasSize(1);
  }

  @Test
  void filesThatAreNoProofs() throws IOException {
    ObjectNode proof = roots.post(roots.honestLeaves(), 0);
    assertThat(run(proof.deepCopy().without("leaf"))).isOne();
    assertThat(err).contains("proof.json: leaf is missing");
    ObjectNode odd = proof.deepCopy();
    sibling(odd, 1).put("credit", 5);
    assertThat(run(odd)).isOne();
    assertThat(err).contains("siblings[1].credit must be a string of digits");
    sibling(odd, 1).put("credit", "9".repeat(60));
    assertThat(run(odd)).isOne();
    assertThat(err).contains("siblings[1].credit is 9999").contains("must be from 0 to 2^128-1");
    ObjectNode both = proof.deepCopy();
    leaf(both).put("debit", "1");
    assertThat(run(both)).isOne();
    assertThat(err).contains("leaf.debit credit and debit are both set");
    for (String other : List.of("", "null", "[]", "{", "{\"header\": 7}", "{\"header\": {}, \"header\": {}}", proof + "{}")) {
      assertThat(run(node.deployment().rpc(), node.deployment().vault(), other)).as(other).isOne();
      assertThat(err.lines()).as(other).hasSize(1);
      assertThat(out).isEmpty();
    }
    assertThat(execute("--rpc", "http://127.0.0.1:1", "--vault", ANYBODY, "--proof", directory.resolve("none").toString())).isOne();
    assertThat(err).contains("does not exist");
    assertThat(execute("--rpc", "http://127.0.0.1:1", "--vault", "0x12", "--proof", "x")).isEqualTo(2);
    assertThat(execute("--proof", "x")).isEqualTo(2);
  }
}
