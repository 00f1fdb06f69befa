package io.ringfence.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.tx.FileIntentStore;
import io.ringfence.chain.tx.TransactionManager;
import io.ringfence.chain.tx.TransactionSettings;
import io.ringfence.chain.type.Address;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two keepers bid for one lot in one block of the real node: the chain lets one have it, the other counts what it lost and goes on. */
@ExtendWith(LocalNodeExtension.class)
class KeeperRaceTest {

  private static final long HALF_A_RUN = 900;

  @TempDir private Path directory;

  /** A keeper with its book and what it said. */
  private record Racer(Signer key, Keeper keeper, ProfitBook book, ByteArrayOutputStream said) {

    List<JsonNode> events(String kind) {
      ObjectMapper json = new ObjectMapper();
      return said.toString(StandardCharsets.UTF_8).lines().map(line -> read(json, line))
          .filter(event -> event.get("event").asText().equals(kind)).toList();
    }

    private static JsonNode read(ObjectMapper json, String line) {
      try {
        return json.readTree(line);
      } catch (JsonProcessingException e) {
        throw new AssertionError(line, e);
      }
    }
  }

  @Test
  void loserOfARaceCountsItsGasAndGoesOn(NodeProcess node) throws Exception {
    DefaultedAccount defaulted = DefaultedAccount.withFirstLot(node);
    node.control().increaseTime(HALF_A_RUN);
    node.control().mine();
    try (FileIntentStore firstStore = new FileIntentStore(directory.resolve("first"));
        FileIntentStore secondStore = new FileIntentStore(directory.resolve("second"))) {
      Racer first = racer(node, defaulted, "keeper-1", firstStore);
      Racer second = racer(node, defaulted, "keeper-2", secondStore);
      race(node, first, second);

      Racer winner = first.book().taken() == 1 ? first : second;
      Racer loser = winner == first ? second : first;
      assertThat(winner.book().taken()).isEqualTo(1);
      assertThat(winner.book().lost()).isZero();
      assertThat(winner.book().profit()).isPositive();
      assertThat(balance(node, defaulted.token("WETH"), winner)).isEqualTo(BigInteger.TEN.pow(19));

      assertThat(loser.book().taken()).isZero();
      assertThat(loser.book().lost()).isEqualTo(1);
      assertThat(loser.book().received()).isZero();
      assertThat(loser.book().paid()).isZero();
      assertThat(loser.book().gas()).isPositive();
      assertThat(loser.book().profit()).isEqualTo(loser.book().gas().negate());
      assertThat(balance(node, defaulted.token("WETH"), loser)).isZero();
      assertThat(loser.events("taken")).isEmpty();
      assertThat(loser.events("lost")).singleElement().satisfies(lost -> {
        assertThat(lost.get("reason").asText()).contains("UnknownLot");
        assertThat(lost.get("profit").asText()).isEqualTo(loser.book().profit().toString());
      });

      defaulted.startSecondLot();
      node.control().increaseTime(HALF_A_RUN);
      node.control().mine();
      loser.keeper().work(head(node));
      assertThat(loser.book().taken()).isEqualTo(1);
      assertThat(loser.book().lost()).isEqualTo(1);
      assertThat(loser.book().profit()).isPositive();
      assertThat(balance(node, defaulted.token("WBTC"), loser)).isEqualTo(100_000_000);
    }
  }

  /** Both look at the same block and bid before the next one is mined. */
  private static void race(NodeProcess node, Racer first, Racer second) throws Exception {
    BlockRef block = head(node);
    node.control().automine(false);
    CompletableFuture<Void> bids = CompletableFuture.allOf(
        CompletableFuture.runAsync(() -> first.keeper().work(block)), CompletableFuture.runAsync(() -> second.keeper().work(block)));
    try {
      Awaitility.await("both bids").atMost(Duration.ofSeconds(30))
          .until(() -> bids.isDone() || hasBid(node, first) && hasBid(node, second));
    } finally {
      node.control().mine();
      node.control().automine(true);
    }
    bids.get(60, TimeUnit.SECONDS);
    assertThat(first.book().taken() + second.book().taken()).isEqualTo(1);
  }

  private static boolean hasBid(NodeProcess node, Racer racer) {
    return node.rpc().pendingNonce(racer.key().address()) > node.rpc().nonce(racer.key().address(), BlockTag.LATEST);
  }

  private static Racer racer(NodeProcess node, DefaultedAccount defaulted, String role, FileIntentStore store) {
    Signer key = NodeProcess.role(role);
    Address usdc = defaulted.token("USDC");
    BigInteger money = BigInteger.TEN.pow(12);
    Sending.mint(node, usdc, key.address(), money.longValueExact());
    Sending.send(node, key, node.calls().approve(usdc, node.deployment().vault(), money));
    Limits limits = new Limits(BigInteger.ONE, money, money);
    ProfitBook book = new ProfitBook(limits);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    TransactionManager sender =
        new TransactionManager(node.rpc(), node.deployment().chainId(), key, store, TransactionSettings.LOCAL);
    Keeper keeper = new Keeper(new Scout(node.rpc(), node.deployment(), 1), limits, book, new Calls(node.deployment()),
        Optional.of(sender), new Journal(new PrintStream(said, true, StandardCharsets.UTF_8)));
    return new Racer(key, keeper, book, said);
  }

  private static BlockRef head(NodeProcess node) {
    return node.rpc().block(BlockTag.LATEST).orElseThrow();
  }

  private static BigInteger balance(NodeProcess node, Address token, Racer racer) {
    return node.contracts().token(token).balanceOf(racer.key().address());
  }
}
