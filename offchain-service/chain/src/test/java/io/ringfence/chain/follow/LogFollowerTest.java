package io.ringfence.chain.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.NodeProxy;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalNodeExtension.class)
class LogFollowerTest {
  private static final Address RECEIVER = new Address("0x00000000000000000000000000000000000000cc");
  private static final Address OTHER = new Address("0x00000000000000000000000000000000000000dd");

  private Address token;

  @BeforeEach
  void token(NodeProcess node) {
    token = node.deployment().tokens().getFirst().address();
  }

  /** What a user of the follower keeps, committed step by step. */
  private static final class Kept {
    final Map<Long, Bytes32> blocks = new HashMap<>();
    final List<RawLog> logs = new ArrayList<>();
    Cursor cursor;
    int reorgs;

    void follow(LogFollower follower) {
      while (true) {
        switch (follower.next(cursor)) {
          case Step.UpToDate() -> {
            return;
          }
          case Step.Blocks(List<BlockRef> more, List<RawLog> found, Cursor after) -> {
            more.forEach(block -> blocks.put(block.number(), block.hash()));
            logs.addAll(found);
            cursor = after;
          }
          case Step.Reorg(Cursor ancestor) -> {
            reorgs++;
            blocks.keySet().removeIf(number -> number > ancestor.blockNumber());
            logs.removeIf(log -> log.blockNumber() > ancestor.blockNumber());
            cursor = ancestor;
          }
        }
      }
    }
  }

  private LogFollower follower(NodeProcess node, LogFilter filter, Map<Long, Bytes32> blocks, int confirmations) {
    return new LogFollower(node.rpc(), () -> filter, number -> Optional.ofNullable(blocks.get(number)), confirmations);
  }

  private LogFilter transfersOf(Address... holders) {
    return new LogFilter(Set.of(), Set.of(token), Set.of(holders));
  }

  private static BigInteger received(List<RawLog> logs, Address holder) {
    EventDecoder decoder = new EventDecoder();
    return logs.stream()
        .map(log -> (ChainEvent.Transfer) decoder.decode(log).orElseThrow())
        .filter(transfer -> transfer.to().equals(holder))
        .map(ChainEvent.Transfer::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Test
  void findsTransfersOfWatchedHoldersAndNoOther(NodeProcess node) {
    Kept kept = new Kept();
    LogFollower follower = follower(node, transfersOf(RECEIVER), kept.blocks, 0);
    kept.cursor = follower.before(node.rpc().blockNumber() + 1);
    Sending.mint(node, token, RECEIVER, 5);
    Sending.mint(node, token, OTHER, 7);
    Sending.mint(node, token, RECEIVER, 6);

    kept.follow(follower);

    assertThat(received(kept.logs, RECEIVER)).isEqualTo(11);
    assertThat(received(kept.logs, OTHER)).isZero();
    assertThat(kept.cursor.blockNumber()).isEqualTo(node.rpc().blockNumber());
    assertThat(follower.next(kept.cursor)).isEqualTo(new Step.UpToDate());
  }

  @Test
  void watchesWholeTokensWhenNobodyIsNamed(NodeProcess node) {
    Kept kept = new Kept();
    LogFollower follower = follower(node, transfersOf(), kept.blocks, 0);
    kept.cursor = follower.before(node.rpc().blockNumber() + 1);
    Sending.mint(node, token, OTHER, 7);
    kept.follow(follower);
    assertThat(received(kept.logs, OTHER)).isEqualTo(7);
  }

  @Test
  void findsEventsOfTheContracts(NodeProcess node) {
    Kept kept = new Kept();
    LogFollower follower =
        follower(node, new LogFilter(Set.of(node.deployment().vault()), Set.of(), Set.of()), kept.blocks, 0);
    kept.cursor = follower.before(node.deployment().block());
    kept.follow(follower);
    List<ChainEvent> events = new ArrayList<>();
    kept.logs.forEach(log -> new EventDecoder().decode(log).ifPresent(events::add));
    assertThat(events).hasAtLeastOneElementOfType(ChainEvent.VenueRegistered.class)
        .hasAtLeastOneElementOfType(ChainEvent.VenuePolicy.class).hasAtLeastOneElementOfType(ChainEvent.PoolOpened.class);
  }

  @Test
  void waitsForConfirmations(NodeProcess node) {
    Kept kept = new Kept();
    LogFollower follower = follower(node, transfersOf(RECEIVER), kept.blocks, 2);
    kept.cursor = follower.before(node.rpc().blockNumber() + 1);
    Sending.mint(node, token, RECEIVER, 5);
    kept.follow(follower);
    assertThat(kept.logs).isEmpty();
    node.control().mine(2);
    kept.follow(follower);
    assertThat(received(kept.logs, RECEIVER)).isEqualTo(5);
  }

  @Test
  void goesBackToTheCommonAncestorOfAReorganisation(NodeProcess node) {
    Kept kept = new Kept();
    LogFollower follower = follower(node, transfersOf(RECEIVER), kept.blocks, 0);
    kept.cursor = follower.before(node.rpc().blockNumber() + 1);
    kept.blocks.put(kept.cursor.blockNumber(), kept.cursor.blockHash());
    Sending.mint(node, token, RECEIVER, 1);
    long ancestor = node.rpc().blockNumber();
    String fork = node.control().snapshot();
    Sending.mint(node, token, RECEIVER, 10);
    Sending.mint(node, token, RECEIVER, 100);
    kept.follow(follower);
    assertThat(received(kept.logs, RECEIVER)).isEqualTo(111);

    node.control().revert(fork);
    Sending.mint(node, token, RECEIVER, 1000);
    Sending.mint(node, token, RECEIVER, 10_000);
    Sending.mint(node, token, RECEIVER, 100_000);
    assertThat(follower.next(kept.cursor)).isEqualTo(new Step.Reorg(new Cursor(ancestor, kept.blocks.get(ancestor))));
    kept.follow(follower);

    assertThat(received(kept.logs, RECEIVER)).isEqualTo(111_001);
    assertThat(kept.reorgs).isEqualTo(1);
  }

  @Test
  void noticesThatTheChainGotShorter(NodeProcess node) {
    Kept kept = new Kept();
    LogFollower follower = follower(node, transfersOf(RECEIVER), kept.blocks, 0);
    kept.cursor = follower.before(node.rpc().blockNumber() + 1);
    kept.blocks.put(kept.cursor.blockNumber(), kept.cursor.blockHash());
    String fork = node.control().snapshot();
    Sending.mint(node, token, RECEIVER, 10);
    kept.follow(follower);
    node.control().revert(fork);
    kept.follow(follower);
    assertThat(kept.logs).isEmpty();
    assertThat(kept.reorgs).isEqualTo(1);
  }

  @Test
  void saysWhenNothingItKnowsIsLeft(NodeProcess node) {
    LogFollower follower = follower(node, transfersOf(RECEIVER), Map.of(), 0);
    Cursor elsewhere = new Cursor(1, new Bytes32("0x" + "ab".repeat(32)));
    assertThatThrownBy(() -> follower.next(elsewhere)).isInstanceOf(ReorgTooDeepException.class);
  }

  @Test
  void backfillsWhatAnAccountReceivedBeforeItWasWatched(NodeProcess node) {
    long from = node.rpc().blockNumber();
    Sending.mint(node, token, RECEIVER, 5);
    Sending.mint(node, token, OTHER, 3);
    LogFollower follower = follower(node, transfersOf(), Map.of(), 0);
    List<RawLog> transfers = follower.transfersTo(RECEIVER, token, from, node.rpc().blockNumber());
    assertThat(received(transfers, RECEIVER)).isEqualTo(5);
    assertThat(transfers).hasSize(1);
  }

  @Test
  void asksForLessWhereANodeGivesNoMore(NodeProcess node) throws IOException {
    AtomicInteger refused = new AtomicInteger();
    ObjectMapper json = new ObjectMapper();
    NodeProxy.Passage atMostThreeBlocks = (body, behind) -> {
      if (!body.contains("eth_getLogs")) {
        return behind.ask(body);
      }
      JsonNode request = json.readTree(body);
      JsonNode range = request.path("params").path(0);
      if (Long.decode(range.path("toBlock").asText()) - Long.decode(range.path("fromBlock").asText()) >= 3) {
        refused.incrementAndGet();
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.path("id") + ",\"error\":{\"code\":-32005,\"message\":\"too many results\"}}";
      }
      return behind.ask(body);
    };
    Kept kept = new Kept();
    try (NodeProxy proxy = new NodeProxy(node.deployment().rpc(), atMostThreeBlocks)) {
      LogFollower follower = new LogFollower(new JsonRpc(proxy.url()), () -> transfersOf(RECEIVER), number -> Optional.empty(), 0);
      kept.cursor = follower.before(node.rpc().blockNumber() + 1);
      Sending.mint(node, token, RECEIVER, 5);
      node.control().mine(40);
      Sending.mint(node, token, RECEIVER, 6);
      kept.follow(follower);
    }
    assertThat(received(kept.logs, RECEIVER)).isEqualTo(11);
    assertThat(kept.blocks).hasSize(42);
    assertThat(refused.get()).isPositive();
  }

  @Test
  void givesOutNothingWhenAReorganisationEmptiesTheRangeDuringTheFetch(NodeProcess node) throws IOException {
    String fork = node.control().snapshot();
    AtomicBoolean reorganised = new AtomicBoolean();
    NodeProxy.Passage emptying = (body, behind) -> {
      if (body.contains("eth_getLogs") && reorganised.compareAndSet(false, true)) {
        node.control().revert(fork);
        Sending.mint(node, token, OTHER, 1);
        Sending.mint(node, token, OTHER, 1);
      }
      return behind.ask(body);
    };
    try (NodeProxy proxy = new NodeProxy(node.deployment().rpc(), emptying)) {
      LogFollower follower = new LogFollower(new JsonRpc(proxy.url()), () -> transfersOf(RECEIVER), number -> Optional.empty(), 0);
      Cursor begin = follower.before(node.rpc().blockNumber() + 1);
      Sending.mint(node, token, RECEIVER, 5);
      assertThat(follower.next(begin)).isEqualTo(new Step.UpToDate());
    }
  }

  @Test
  void givesOutNoLogOfAnotherBlock(NodeProcess node) throws IOException {
    NodeProxy.Passage foreign = (body, behind) -> {
      String answer = behind.ask(body);
      return body.contains("eth_getLogs") ? answer.replaceAll("(\"blockHash\":\"0x)....", "$1dead") : answer;
    };
    try (NodeProxy proxy = new NodeProxy(node.deployment().rpc(), foreign)) {
      LogFollower follower = new LogFollower(new JsonRpc(proxy.url()), () -> transfersOf(RECEIVER), number -> Optional.empty(), 0);
      Cursor begin = follower.before(node.rpc().blockNumber() + 1);
      Sending.mint(node, token, RECEIVER, 5);
      assertThat(follower.next(begin)).isEqualTo(new Step.UpToDate());
    }
  }

  @Test
  void saysWhenANodesBlocksDoNotLink(NodeProcess node) throws IOException {
    NodeProxy.Passage unlinked = (body, behind) -> {
      String answer = behind.ask(body);
      return body.startsWith("[") ? answer.replaceAll("(\"parentHash\":\"0x)....", "$1dead") : answer;
    };
    try (NodeProxy proxy = new NodeProxy(node.deployment().rpc(), unlinked)) {
      LogFollower follower = new LogFollower(new JsonRpc(proxy.url()), () -> transfersOf(RECEIVER), number -> Optional.empty(), 0);
      Cursor cursor = follower.before(node.rpc().blockNumber() + 1);
      node.control().mine();
      assertThatThrownBy(() -> {
        for (int i = 0; i < 50; i++) {
          follower.next(cursor);
        }
      }).isInstanceOf(RpcException.Malformed.class).hasMessageContaining("do not link");
    }
  }

  @Test
  void givesOutNothingThatAReorganisationTouchedDuringTheFetch(NodeProcess node) throws IOException {
    Sending.mint(node, token, OTHER, 1);
    String fork = node.control().snapshot();
    AtomicBoolean reorganised = new AtomicBoolean();
    NodeProxy.Passage reorganising = (body, behind) -> {
      if (body.contains("eth_getLogs") && reorganised.compareAndSet(false, true)) {
        node.control().revert(fork);
        Sending.mint(node, token, RECEIVER, 1000);
        Sending.mint(node, token, RECEIVER, 1000);
        String answer = behind.ask(body);
        node.control().mine();
        return answer;
      }
      return behind.ask(body);
    };
    Kept kept = new Kept();
    try (NodeProxy proxy = new NodeProxy(node.deployment().rpc(), reorganising)) {
      LogFollower follower =
          new LogFollower(new JsonRpc(proxy.url()), () -> transfersOf(RECEIVER), number -> Optional.ofNullable(kept.blocks.get(number)), 0);
      kept.cursor = follower.before(node.rpc().blockNumber() + 1);
      Sending.mint(node, token, RECEIVER, 5);
      Sending.mint(node, token, RECEIVER, 5);
      Cursor begin = kept.cursor;
      assertThat(follower.next(begin)).isEqualTo(new Step.UpToDate());
      kept.follow(follower);
    }
    assertThat(reorganised).isTrue();
    assertThat(received(kept.logs, RECEIVER)).isEqualTo(2000);
    assertThat(kept.blocks.get(kept.cursor.blockNumber())).isEqualTo(node.rpc().block(BlockTag.LATEST).orElseThrow().hash());
  }

  /** Whatever forks happen between steps, what is kept in the end is what the chain says. */
  @Test
  void keepsWhatTheChainSaysThroughRandomForks(NodeProcess node) {
    Random random = new Random(20251010);
    Kept kept = new Kept();
    LogFollower follower = follower(node, transfersOf(RECEIVER), kept.blocks, 0);
    kept.cursor = follower.before(node.rpc().blockNumber() + 1);
    kept.blocks.put(kept.cursor.blockNumber(), kept.cursor.blockHash());
    List<String> forks = new ArrayList<>();
    forks.add(node.control().snapshot());
    for (int i = 0; i < 30; i++) {
      int what = random.nextInt(4);
      if (what == 0 && !forks.isEmpty()) {
        int fork = random.nextInt(forks.size());
        node.control().revert(forks.get(fork));
        forks.subList(fork, forks.size()).clear();
        node.control().increaseTime(1 + random.nextInt(100));
      } else if (what == 1) {
        forks.add(node.control().snapshot());
      } else {
        Sending.mint(node, token, RECEIVER, 1 + random.nextInt(1000));
      }
      if (random.nextBoolean()) {
        kept.follow(follower);
      }
    }
    kept.follow(follower);
    assertThat(received(kept.logs, RECEIVER)).isEqualTo(node.contracts().token(token).balanceOf(RECEIVER));
    assertThat(kept.reorgs).isPositive();
  }
}
