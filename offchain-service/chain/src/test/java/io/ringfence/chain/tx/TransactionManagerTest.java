package io.ringfence.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.type.Address;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalNodeExtension.class)
class TransactionManagerTest {
  private static final Address RECEIVER = new Address("0x00000000000000000000000000000000000000bb");
  private static final TransactionSettings QUICK =
      new TransactionSettings(Duration.ofSeconds(15), 13, Duration.ofMillis(10), Duration.ofSeconds(20), 0);

  @TempDir
  private Path directory;

  private final Signer signer = NodeProcess.role("keeper-1");

  private TransactionManager manager(NodeProcess node, IntentStore store) {
    return new TransactionManager(node.rpc(), 31337, signer, store, QUICK);
  }

  private FileIntentStore store() {
    return new FileIntentStore(directory.resolve("intents.jsonl"));
  }

  private static Call mint(NodeProcess node, long amount) {
    return node.calls().mint(token(node), RECEIVER, BigInteger.valueOf(amount));
  }

  private static Address token(NodeProcess node) {
    return node.deployment().tokens().getFirst().address();
  }

  private static BigInteger received(NodeProcess node) {
    return node.contracts().token(token(node)).balanceOf(RECEIVER);
  }

  @Test
  void sendsAnIdOnce(NodeProcess node) {
    try (FileIntentStore store = store()) {
      TransactionManager manager = manager(node, store);
      Outcome first = manager.send("mint", mint(node, 3));
      Outcome again = manager.send("mint", mint(node, 3));

      assertThat(first.success()).isTrue();
      assertThat(again.receipt()).isEqualTo(first.receipt());
      assertThat(received(node)).isEqualTo(3);
      assertThatThrownBy(() -> manager.submit(Intent.of("mint", mint(node, 4)))).isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("kept already for another");
    }
  }

  @Test
  void usesNoNonceForACallThatWouldBeRefused(NodeProcess node) {
    try (FileIntentStore store = store()) {
      Call tooMuch = node.calls().transfer(token(node), RECEIVER, BigInteger.TWO.pow(200));
      long nonce = node.rpc().nonce(signer.address());

      CallRefusedException refused =
          catchThrowableOfType(CallRefusedException.class, () -> manager(node, store).submit(Intent.of("too much", tooMuch)));

      assertThat(refused.revert().error()).isEqualTo("ERC20InsufficientBalance");
      assertThat(store.find("too much")).isEmpty();
      assertThat(node.rpc().nonce(signer.address())).isEqualTo(nonce);
    }
  }

  @Test
  void tellsWhyAMinedTransactionFailed(NodeProcess node) {
    try (FileIntentStore store = store()) {
      Call tooMuch = node.calls().transfer(token(node), RECEIVER, BigInteger.valueOf(77));
      Outcome outcome = manager(node, store).send(Intent.of("fails", tooMuch).withGas(100_000));

      assertThat(outcome.state()).isEqualTo(IntentState.FAILED);
      assertThat(outcome.revert().orElseThrow().toString())
          .isEqualTo("ERC20InsufficientBalance(sender=" + signer.address() + ", balance=0, needed=77)");
    }
  }

  @Test
  void tellsWhyItLostARaceWithinOneBlock(NodeProcess node) {
    try (FileIntentStore store = store()) {
      TransactionManager manager = manager(node, store);
      manager.send("mint", node.calls().mint(token(node), signer.address(), BigInteger.TEN));
      node.control().automine(false);
      Call all = node.calls().transfer(token(node), RECEIVER, BigInteger.TEN);
      manager.submit(Intent.of("first", all).withGas(100_000));
      manager.submit(Intent.of("second", all).withGas(100_000));
      node.control().mine();

      assertThat(manager.await("first", Duration.ofSeconds(5)).success()).isTrue();
      Outcome lost = manager.await("second", Duration.ofSeconds(5));
      assertThat(lost.state()).isEqualTo(IntentState.FAILED);
      assertThat(lost.revert().orElseThrow().error()).isEqualTo("ERC20InsufficientBalance");
    }
  }

  @Test
  void outbidsAnAttemptThatWaitsTooLong(NodeProcess node) {
    node.control().automine(false);
    try (FileIntentStore store = store()) {
      manager(node, store).submit(Intent.of("slow", mint(node, 1)));
      Attempt first = store.find("slow").orElseThrow().newest();
      Clock later = Clock.fixed(Instant.now().plusSeconds(20), ZoneOffset.UTC);

      new TransactionManager(node.rpc(), 31337, signer, store, QUICK, later).resume();

      StoredIntent replaced = store.find("slow").orElseThrow();
      assertThat(replaced.attempts()).hasSize(2);
      BigInteger tenth = first.fees().maxFeePerGas().divide(BigInteger.TEN);
      assertThat(replaced.newest().fees().maxFeePerGas()).isGreaterThanOrEqualTo(first.fees().maxFeePerGas().add(tenth));
      assertThat(replaced.state()).isEqualTo(IntentState.BROADCAST);
      node.control().mine();
      Outcome outcome = manager(node, store).await("slow", Duration.ofSeconds(5));
      assertThat(outcome.receipt().orElseThrow().txHash()).isEqualTo(replaced.newest().txHash());
      assertThat(received(node)).isEqualTo(1);
    }
  }

  @Test
  void saysThatItIsNotMinedYet(NodeProcess node) {
    node.control().automine(false);
    try (FileIntentStore store = store()) {
      TransactionManager manager = manager(node, store);
      manager.submit(Intent.of("waits", mint(node, 1)));
      assertThatThrownBy(() -> manager.await("waits", Duration.ofMillis(50))).isInstanceOf(AwaitTimeoutException.class)
          .hasMessageContaining("waits");
      assertThat(store.open(signer.address())).hasSize(1);
    }
  }

  @Test
  void saysWhatTheNodeHasAgainstIt(NodeProcess node) {
    node.control().setBalance(signer.address(), BigInteger.ONE);
    try (FileIntentStore store = store()) {
      TransactionManager manager = manager(node, store);
      manager.submit(Intent.of("poor", mint(node, 1)).withGas(100_000));
      assertThatThrownBy(() -> manager.await("poor", Duration.ofMillis(50))).isInstanceOf(AwaitTimeoutException.class)
          .hasMessageContaining("the node last said").hasMessageContaining("funds");

      node.control().setBalance(signer.address(), BigInteger.TEN.pow(20));
      assertThat(manager.await("poor", Duration.ofSeconds(5)).success()).isTrue();
    }
  }

  @Test
  void servesManyThreadsWithoutGapsOrRepeats(NodeProcess node) throws InterruptedException, ExecutionException {
    long nonce = node.rpc().nonce(signer.address());
    node.control().automine(false);
    node.control().miningInterval(20);
    try (FileIntentStore store = store(); ExecutorService threads = Executors.newFixedThreadPool(8)) {
      TransactionManager manager = manager(node, store);
      List<Future<Outcome>> outcomes = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String id = "mint " + i / 2;
        outcomes.add(threads.submit(() -> manager.send(Intent.of(id, mint(node, 1)).withGas(100_000))));
      }
      for (Future<Outcome> outcome : outcomes) {
        assertThat(outcome.get().success()).isTrue();
      }
    }
    assertThat(received(node)).isEqualTo(12);
    assertThat(node.rpc().nonce(signer.address())).isEqualTo(nonce + 12);
  }

  @Test
  void noticesThatSomebodyElseUsedItsNonce(NodeProcess node) throws IOException {
    try (FaultyRoad road = new FaultyRoad(node.deployment().rpc()); FileIntentStore store = store()) {
      road.broadcasts(FaultyRoad.Fault.LOSE_REQUEST);
      new TransactionManager(new JsonRpc(road.url()), 31337, signer, store, QUICK).submit(Intent.of("robbed", mint(node, 1)));
      try (FileIntentStore other = new FileIntentStore(directory.resolve("other.jsonl"))) {
        manager(node, other).send("thief", mint(node, 5));
      }
      assertThat(manager(node, store).await("robbed", Duration.ofSeconds(5)).state()).isEqualTo(IntentState.REPLACED);
      assertThat(received(node)).isEqualTo(5);
    }
  }

  @Test
  void broadcastsAgainWhatAReorganisationDropped(NodeProcess node) {
    try (FileIntentStore store = store()) {
      String snapshot = node.control().snapshot();
      TransactionManager manager = manager(node, store);
      manager.send("first", mint(node, 1));
      manager.send("second", mint(node, 2));
      node.control().revert(snapshot);
      assertThat(received(node)).isZero();

      Outcome third = manager.send(Intent.of("third", mint(node, 4)).withGas(100_000));

      assertThat(third.success()).isTrue();
      assertThat(received(node)).isEqualTo(7);
      manager.resume();
      assertThat(store.open(signer.address())).isEmpty();
    }
  }

  @Test
  void resumesWhatAReorganisationDroppedAlthoughNothingWasOpen(NodeProcess node) {
    try (FileIntentStore store = store()) {
      TransactionManager manager = manager(node, store);
      manager.send("kept", mint(node, 1));
      String snapshot = node.control().snapshot();
      manager.send("dropped", mint(node, 2));
      manager.send("dropped too", mint(node, 4));
      node.control().revert(snapshot);
      assertThat(received(node)).isEqualTo(1);

      manager.resume();

      assertThat(manager.await("dropped", Duration.ofSeconds(5)).receipt()).isPresent();
      assertThat(manager.await("dropped too", Duration.ofSeconds(5)).receipt()).isPresent();
      assertThat(received(node)).isEqualTo(7);
      manager.resume();
      assertThat(store.open(signer.address())).isEmpty();
      assertThat(received(node)).isEqualTo(7);
    }
  }

  /** Kills the process at every write to its store, before and after it takes effect, under every fault of the way to the node. */
  @Test
  void doesEverythingOnceWhereverItIsKilled(NodeProcess node) throws IOException {
    int killed = 0;
    for (FaultyRoad.Fault fault : FaultyRoad.Fault.values()) {
      for (boolean afterEffect : new boolean[] {false, true}) {
        for (int write = 1; write <= 12; write++) {
          String snapshot = node.control().snapshot();
          killed += surviveDeath(node, fault, write, afterEffect) ? 1 : 0;
          node.control().revert(snapshot);
        }
      }
    }
    assertThat(killed).as("runs in which the process died").isGreaterThan(40);
  }

  private boolean surviveDeath(NodeProcess node, FaultyRoad.Fault fault, int write, boolean afterEffect) throws IOException {
    String run = fault + " " + write + (afterEffect ? " after" : " before");
    Path file = directory.resolve(run + ".jsonl");
    long nonce = node.rpc().nonce(signer.address());
    boolean died;
    try (FaultyRoad road = new FaultyRoad(node.deployment().rpc())) {
      try (FileIntentStore store = new FileIntentStore(file)) {
        DyingStore dying = new DyingStore(store, write, afterEffect);
        JsonRpc rpc = new JsonRpc(road.url(), Duration.ofSeconds(5), 1);
        road.broadcasts(fault);
        try {
          doAll(node, new TransactionManager(rpc, 31337, signer, dying, QUICK), road);
        } catch (DyingStore.Death | RpcException killedHere) {
          // The process is gone; what counts is what the next one does.
        }
        died = dying.dead();
      }
    }
    try (FileIntentStore store = new FileIntentStore(file)) {
      TransactionManager next = manager(node, store);
      next.resume();
      for (int i = 1; i <= 3; i++) {
        assertThat(next.send(intent(node, i)).success()).as(run).isTrue();
      }
    }
    assertThat(received(node)).as(run).isEqualTo(1 + 10 + 100);
    assertThat(node.rpc().nonce(signer.address())).as(run).isEqualTo(nonce + 3);
    return died;
  }

  /** Three intents, the faults of the road ending before anyone waits for them. */
  private void doAll(NodeProcess node, TransactionManager manager, FaultyRoad road) {
    for (int i = 1; i <= 3; i++) {
      manager.submit(intent(node, i));
    }
    road.broadcasts(FaultyRoad.Fault.NONE);
    for (int i = 1; i <= 3; i++) {
      manager.await("intent " + i, Duration.ofSeconds(10));
    }
  }

  private static Intent intent(NodeProcess node, int i) {
    Call call = mint(node, List.of(1L, 10L, 100L).get(i - 1));
    return new Intent("intent " + i, call.to(), call.data(), BigInteger.ZERO, OptionalLong.of(100_000));
  }
}
