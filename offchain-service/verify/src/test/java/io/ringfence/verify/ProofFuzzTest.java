package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.reserves.Address;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.Salt;
import io.ringfence.reserves.SumNode;
import io.ringfence.reserves.SumTree;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Changes valid proof files at random, in their bytes and in their members. A changed file is refused in words, or says the same as before,
 * or does not pass: under the header that the chain has, nothing else is accepted. {@code -Dringfence.fuzz=N} changes N files a seed
 * instead of 1,500; a failure names its seed and round.
 */
class ProofFuzzTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int ROUNDS = Integer.getInteger("ringfence.fuzz", 1_500);
  private static final int ACCOUNTS = 100;
  private static final List<String> VALUES = List.of("", "0", "1", "-1", "+1", "0x", "0x00", "0x" + "00".repeat(32), "0x" + "ff".repeat(32),
      "79228162514264337593543950335", "79228162514264337593543950336", "340282366920938463463374607431768211455",
      "340282366920938463463374607431768211356", "340282366920938463463374607431768211456", "9".repeat(99), "9".repeat(101), "\u0661",
      "NaN", "1e3");

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static SumTree tree(Random random, List<Leaf> leaves) {
    for (int index = 0; index < ACCOUNTS; index++) {
      BigInteger net = BigInteger.valueOf(random.nextInt(-1_000_000, 1_000_000));
      leaves.add(Leaf.ofNet(index, Address.of(bytes(random, 20)), net, net.abs(), net.abs(), Hash.of(bytes(random, 32)),
          Salt.of(bytes(random, 16))));
    }
    return SumTree.ofSlots(leaves);
  }

  private static ObjectNode file(Random random, SumTree tree, Leaf leaf) {
    SumNode root = tree.root();
    RootPrices prices = new RootPrices(List.of(BigInteger.TEN.pow(18), BigInteger.TEN.pow(21)), Hash.of(bytes(random, 32)));
    ObjectNode file = MAPPER.createObjectNode();
    file.putObject("header").put("venue", 1).put("epoch", 7).put("snapshotBlock", 4711)
        .put("snapshotHash", Hash.of(bytes(random, 32)).hex()).put("previous", Hash.of(bytes(random, 32)).hex()).put("accounts", ACCOUNTS)
        .put("root", root.hash().hex()).put("totalCredit", root.credit().toString()).put("totalDebit", root.debit().toString())
        .put("paramsHash", Hash.of(bytes(random, 32)).hex()).put("pricesHash", prices.hash().hex()).put("settles", true);
    file.putObject("signatures").put("venue", "0x" + "12".repeat(65)).putArray("attestors").add("0x" + "34".repeat(65));
    ArrayNode collateral = file.putObject("prices").put("market", prices.market().hex()).putArray("collateral");
    prices.collateral().forEach(price -> collateral.add(price.toString()));
    file.putObject("leaf").put("index", leaf.index()).put("account", leaf.account().hex()).put("credit", leaf.credit().toString())
        .put("debit", leaf.debit().toString()).put("initialMargin", leaf.initialMargin().toString())
        .put("maintenanceMargin", leaf.maintenanceMargin().toString()).put("positionsHash", leaf.positionsHash().hex())
        .put("salt", leaf.salt().hex());
    ArrayNode siblings = file.putArray("siblings");
    tree.proof(leaf.index()).siblings().forEach(sibling -> siblings.addObject().put("hash", sibling.hash().hex())
        .put("credit", sibling.credit().toString()).put("debit", sibling.debit().toString()));
    return file;
  }

  /** Whether a client would be told that its leaf is in the posted root, at these prices. */
  private static boolean accepted(ProofFile proof, EpochHeader posted) {
    return proof.header().structHash().equals(posted.structHash()) && proof.prices().hash().equals(posted.pricesHash())
        && proof.verify().isVerified();
  }

  private static String changedBytes(Random random, String text) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = random.nextInt(1, 4); i > 0 && !changed.isEmpty(); i--) {
      int at = random.nextInt(changed.length());
      switch (random.nextInt(5)) {
        case 0 -> changed.setCharAt(at, (char) random.nextInt(32, 127));
        case 1 -> changed.deleteCharAt(at);
        case 2 -> changed.insert(at, (char) random.nextInt(0, 256));
        case 3 -> changed.delete(at, Math.min(changed.length(), at + random.nextInt(200)));
        default -> changed.insert(at, changed.substring(at, Math.min(changed.length(), at + random.nextInt(200))));
      }
    }
    return changed.toString();
  }

  private static String changedMember(Random random, ObjectNode file) {
    ObjectNode changed = file.deepCopy();
    JsonNode at = changed;
    while (true) {
      int step = random.nextInt(at.size());
      JsonNode next = at.isObject() ? at.get(names(at).get(step)) : at.get(step);
      if (next.isContainerNode() && next.size() > 0 && random.nextInt(6) != 0) {
        at = next;
        continue;
      }
      replace(random, at, step, other(random, file, next));
      return changed.toString();
    }
  }

  private static void replace(Random random, JsonNode at, int step, JsonNode value) {
    if (at instanceof ArrayNode list) {
      switch (random.nextInt(4)) {
        case 0 -> list.remove(step);
        case 1 -> list.insert(step, value);
        case 2 -> list.add(list.remove(step));
        default -> list.set(step, value);
      }
    } else if (random.nextInt(8) == 0) {
      ((ObjectNode) at).remove(names(at).get(step));
    } else {
      ((ObjectNode) at).set(names(at).get(step), value);
    }
  }

  private static JsonNode other(Random random, ObjectNode file, JsonNode value) {
    return switch (random.nextInt(6)) {
      case 0 -> MAPPER.getNodeFactory().textNode(VALUES.get(random.nextInt(VALUES.size())));
      case 1 -> MAPPER.getNodeFactory().numberNode(random.nextLong());
      case 2 -> file.get(names(file).get(random.nextInt(file.size())));
      case 3 -> value.isTextual() ? MAPPER.getNodeFactory().textNode(changedBytes(random, value.textValue())) : MAPPER.nullNode();
      case 4 -> value.isIntegralNumber() ? MAPPER.getNodeFactory().numberNode(value.longValue() + random.nextInt(-2, 3))
          : MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
      default -> MAPPER.createArrayNode().add(value.deepCopy());
    };
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  @Test
  void nothingElseIsAccepted() throws IOException {
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      List<Leaf> leaves = new ArrayList<>();
      SumTree tree = tree(random, leaves);
      ObjectNode file = file(random, tree, leaves.get(random.nextInt(ACCOUNTS)));
      ProofFile original = ProofJson.parse(file.toString());
      assertThat(accepted(original, original.header())).isTrue();
      for (int round = 0; round < ROUNDS; round++) {
        String changed = random.nextBoolean() ? changedBytes(random, file.toString()) : changedMember(random, file);
        String place = "seed " + seed + ", round " + round + ": " + changed;
        ProofFile proof;
        try {
          proof = ProofJson.parse(changed);
        } catch (InputException refused) {
          assertThat(refused.getMessage()).as(place).isNotBlank().doesNotContain("\n");
          continue;
        }
        if (accepted(proof, original.header())) {
          assertThat(proof.leaf()).as(place).isEqualTo(original.leaf());
          assertThat(proof.siblings()).as(place).isEqualTo(original.siblings());
          assertThat(proof.prices()).as(place).isEqualTo(original.prices());
        }
      }
    }
  }
}
