package io.ringfence.service.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.chain.rpc.Fees;
import io.ringfence.chain.tx.Attempt;
import io.ringfence.chain.tx.Intent;
import io.ringfence.chain.tx.IntentState;
import io.ringfence.chain.tx.StoredIntent;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.ServiceTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transaction manager needs of its store: durable when a method returns, each nonce once, every byte as it was. */
@ServiceTest
class SqlIntentStoreTest {
  private static final AtomicInteger SENDERS = new AtomicInteger(0xabc000);
  private static final Address TO = new Address("0x00000000000000000000000000000000000000aa");

  @Inject Database database;
  private SqlIntentStore store;
  private Address sender;

  @BeforeEach
  void newSender() {
    store = new SqlIntentStore(database);
    sender = new Address("0x%040x".formatted(SENDERS.getAndIncrement()));
  }

  @Test
  void intentComesBackAsItWasKept() {
    BigInteger value = BigInteger.TWO.pow(200).add(BigInteger.TWO);
    var intent = new Intent(id("whole"), TO, new Data("0x00ff10"), value, OptionalLong.of(90_000));
    StoredIntent kept = store.save(intent, sender, 7, nonce -> attempt(nonce, 1));
    assertThat(kept.nonce()).isEqualTo(7);
    assertThat(store.find(intent.id())).contains(kept);
    assertThat(store.at(sender, 7)).contains(kept);
    assertThat(store.open(sender)).containsExactly(kept);
    assertThat(store.find(id("another"))).isEmpty();
    assertThat(store.at(sender, 8)).isEmpty();
  }

  @Test
  void replacementsAreOneNonceInTheirOrder() {
    store.save(intent("replaced"), sender, 0, nonce -> attempt(nonce, 1));
    store.addAttempt(id("replaced"), attempt(0, 2));
    store.addAttempt(id("replaced"), attempt(0, 3));
    StoredIntent kept = store.find(id("replaced")).orElseThrow();
    assertThat(kept.attempts()).containsExactly(attempt(0, 1), attempt(0, 2), attempt(0, 3));
    assertThat(kept.intent().gasLimit()).isEmpty();
    assertThatThrownBy(() -> store.addAttempt(id("unknown"), attempt(0, 2))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void stateChangesForEveryAttemptAndTheMinedOneStays() {
    store.save(intent("marked"), sender, 0, nonce -> attempt(nonce, 1));
    store.mark(id("marked"), IntentState.BROADCAST, Optional.empty());
    assertThat(store.open(sender)).hasSize(1);
    store.mark(id("marked"), IntentState.MINED, Optional.of(attempt(0, 1).txHash()));
    store.mark(id("marked"), IntentState.MINED, Optional.empty());
    assertThat(store.open(sender)).isEmpty();
    assertThat(store.find(id("marked")).orElseThrow().minedAs()).contains(attempt(0, 1).txHash());
  }

  @Test
  void sameIdIsSignedOnceAndMeansOneThing() {
    StoredIntent kept = store.save(intent("same"), sender, 0, nonce -> attempt(nonce, 1));
    assertThat(store.save(intent("same"), sender, 5, nonce -> {
      throw new AssertionError("signed again");
    })).isEqualTo(kept);
    var other = new Intent(id("same"), TO, new Data("0x01"), BigInteger.ZERO, OptionalLong.empty());
    assertThatThrownBy(() -> store.save(other, sender, 0, nonce -> attempt(nonce, 1))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void signingThatFailsUsesNoNonce() {
    assertThatThrownBy(() -> store.save(intent("unsigned"), sender, 3, nonce -> {
      throw new IllegalArgumentException("no key");
    })).hasMessage("no key");
    assertThat(store.find(id("unsigned"))).isEmpty();
    assertThat(store.save(intent("next"), sender, 3, nonce -> attempt(nonce, 1)).nonce()).isEqualTo(3);
  }

  @Test
  void noncesOfManyThreadsAreDistinctAndWithoutGap() {
    List<CompletableFuture<Long>> saved = IntStream.range(0, 30)
        .mapToObj(i -> CompletableFuture.supplyAsync(
            () -> store.save(intent("many-" + i), sender, 2, nonce -> attempt(nonce, 1)).nonce(), Thread::startVirtualThread))
        .toList();
    assertThat(saved.stream().map(CompletableFuture::join)).containsExactlyInAnyOrderElementsOf(LongStream.range(2, 32).boxed().toList());
  }

  /** On a connection of the transaction's own: it sees nothing that is not committed. */
  @Test
  void savedIntentIsCommittedWhenSaveReturns() {
    store.save(intent("committed"), sender, 0, nonce -> {
      assertThat(committed("committed")).isZero();
      return attempt(nonce, 1);
    });
    assertThat(committed("committed")).isEqualTo(1);
  }

  private long committed(String name) {
    return database.inTransaction(sql -> sql.one("SELECT count(*) AS n FROM intent WHERE id = $1", id(name)).getLong("n"));
  }

  private Intent intent(String name) {
    return new Intent(id(name), TO, new Data("0x1234"), BigInteger.ZERO, OptionalLong.empty());
  }

  private String id(String name) {
    return "test:" + sender.hex() + ":" + name;
  }

  private static Attempt attempt(long nonce, int number) {
    return new Attempt(
        new Bytes32("0x%032x%032x".formatted(nonce, number)),
        new Data("0x02%04x%04x".formatted(nonce, number)),
        new Fees(BigInteger.TWO.pow(100).add(BigInteger.valueOf(number)), BigInteger.valueOf(number)),
        Instant.parse("2026-01-02T03:04:05.678901Z"));
  }
}
