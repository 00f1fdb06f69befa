package io.ringfence.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.ringfence.service.engine.EngineProfile;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.transaction.Sender;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that ends between any two steps of an epoch leaves what the next one finishes: one root per epoch, with its leaves. */
@ServiceTest
@TestProfile(EngineProfile.class)
class EpochRoundTest {

  private static boolean pledged;

  @Inject TestChain chain;
  @Inject EpochRound round;
  @Inject EpochStore store;
  @Inject Sender sender;
  @Inject Database database;

  @BeforeEach
  void pledge() {
    if (!pledged) {
      chain.pledgedAccount();
      pledged = true;
    }
  }

  @Test
  void candidateStoredButNotSentIsTheOnePosted() {
    long next = newest() + 1;
    round.prepare(next);
    EpochStore.Stored left = store.find(next).orElseThrow();
    assertThat(left.posted()).isFalse();
    assertThat(round.post()).isEqualTo(next);
    assertPosted(left);
  }

  @Test
  void candidateSentButNotNotedIsNotSentAgain() {
    long next = newest() + 1;
    round.prepare(next);
    EpochStore.Stored left = store.find(next).orElseThrow();
    sender.submit(EpochRound.intentId(left.header()), round.call(left));
    assertThat(newest()).isEqualTo(next);
    assertThat(round.post()).isEqualTo(next + 1);
    assertPosted(left);
    assertThat(intentsFor(next)).isEqualTo(1);
  }

  @Test
  void candidateWaitingToBeMinedIsAwaited() throws Exception {
    long next = newest() + 1;
    round.prepare(next);
    EpochStore.Stored left = store.find(next).orElseThrow();
    chain.node().automine(false);
    try {
      sender.submit(EpochRound.intentId(left.header()), round.call(left));
      CompletableFuture<Long> posted = CompletableFuture.supplyAsync(round::post);
      chain.node().mine();
      // A round that began after this block finds the candidate posted and goes on to the next epoch: its checkpoint must be mined as well.
      chain.node().automine(true);
      chain.node().mine();
      assertThat(posted.get(60, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(next);
    } finally {
      chain.node().automine(true);
    }
    assertPosted(left);
    assertThat(intentsFor(next)).isEqualTo(1);
  }

  @Test
  void candidateThatTheChainRefusesIsBuiltAgain() {
    long next = newest() + 1;
    round.prepare(next);
    database.useTransaction(sql -> sql.update("""
        UPDATE epoch SET signatures = jsonb_set(signatures, '{venue}', to_jsonb('0x' || repeat('11', 64) || '1b')) WHERE epoch = $1
        """, next));
    assertThat(round.post()).isEqualTo(next - 1);
    assertThat(store.find(next)).isEmpty();
    assertThat(round.post()).isEqualTo(next);
    assertPosted(store.find(next).orElseThrow());
  }

  private void assertPosted(EpochStore.Stored expected) {
    chain.catchUp();
    String onChain = database.inTransaction(sql -> sql
        .one("SELECT struct_hash FROM posted_epoch WHERE venue = 1 AND epoch = $1", expected.header().epoch()).getString("struct_hash"));
    assertThat(onChain).isEqualTo(expected.header().structHash().hex());
    assertThat(store.find(expected.header().epoch()).orElseThrow().posted()).isTrue();
    assertThat(store.root(expected.header().epoch()).orElseThrow().header()).isEqualTo(expected.header());
  }

  private long intentsFor(long epoch) {
    return database.inTransaction(sql -> sql
        .one("SELECT count(*) AS intents FROM intent WHERE id LIKE $1", "post:1:" + epoch + ":%").getLong("intents"));
  }

  private long newest() {
    return chain.contracts().log().newest(1);
  }
}
