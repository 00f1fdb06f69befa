package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.reserves.Hash;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.ledger.Ledger;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Books;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.venue.Alarms;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A chain that takes back what it said: deposits, a root, a call on it. The service unsays it and comes to the chain's new truth. */
@ServiceTest
@TestProfile(EngineProfile.Reorganised.class)
class ReorgTest {

  private static final int ROUNDS_TO_RECOVER = 4;

  @Inject TestChain chain;
  @Inject VenueDriver venue;
  @Inject Engine engine;
  @Inject EpochStore epochs;
  @Inject Ledger ledger;
  @Inject Alarms alarms;
  @Inject Books books;
  @Inject Database database;

  private VenueDriver.Client house;
  private VenueDriver.Client client;

  @BeforeEach
  void trade() {
    house = venue.house(5_000_000);
    venue.prices(60_000, 3_000);
    client = venue.client(10_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    round();
  }

  @Test
  void depositRootAndCallThatVanishAreUnsaid() {
    long kept = epochs.newestPosted();
    Hash keptHash = epochs.newestRoot().orElseThrow().header().structHash();
    String snapshot = chain.node().snapshot();
    venue.prices(52_000, 3_000);
    chain.mint("USDC", client.account(), VenueDriver.usdc(1_000));
    Root vanishing = round();
    assertThat(status()).isEqualTo(AccountStatus.CALLED);
    assertThat(held()).isEqualTo(VenueDriver.usdc(11_000));
    assertThat(callStates()).containsExactly("open");

    chain.node().revert(snapshot);
    chain.mint("USDC", client.account(), VenueDriver.usdc(5));
    chain.node().mine(12);
    chain.catchUp();
    assertThat(held()).isEqualTo(VenueDriver.usdc(10_005));
    assertThat(callStates()).isEmpty();
    assertThat(projectedStatus()).isEqualTo("ACTIVE");
    assertThat(epochs.newestPosted()).isEqualTo(kept);
    books.assertLedgerEqualsChain();

    venue.prices(52_000, 3_000);
    Root next = roundsUntil(kept + 1);
    assertThat(next.header().previous()).isEqualTo(keptHash);
    assertThat(next.header().structHash()).isNotEqualTo(vanishing.header().structHash());
    assertThat(chain.rpc().block(BlockTag.at(next.header().snapshotBlock())).orElseThrow().hash().hex())
        .isEqualTo(next.header().snapshotHash().hex());
    var proof = next.proof(next.leaf(client.account()).orElseThrow());
    chain.contracts().log().verifyInclusion(proof.header(), proof.leaf(), proof.siblings());
    assertThat(next.leaf(client.account()).orElseThrow().net()).isEqualTo(VenueDriver.usdc(-8_000));

    round();
    assertThat(status()).isEqualTo(AccountStatus.CALLED);
    assertThat(callStates()).containsExactly("open");
    chain.mint("USDC", client.account(), VenueDriver.usdc(20_000));
    chain.catchUp();
    round();
    assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
    venue.trade(house, client, "BTC-PERP", 1_000, 52_000);
    books.assertLedgerEqualsChain();
  }

  /** Only the root itself is dropped, its snapshot stays: the very same root is posted again, under the same signatures. */
  @Test
  void rootThatAloneVanishesIsPostedAgain() {
    long kept = epochs.newestPosted();
    String beforePost = snapshotBeforeThePost();
    Root vanishing = epochs.newestRoot().orElseThrow();
    assertThat(vanishing.header().epoch()).isEqualTo(kept + 1);
    chain.node().revert(beforePost);
    chain.node().mine(3);
    chain.catchUp();
    assertThat(epochs.newestPosted()).isEqualTo(kept);
    Root again = roundsUntil(kept + 1);
    assertThat(again.header()).isEqualTo(vanishing.header());
    venue.trade(house, client, "BTC-PERP", 1_000, 60_000);
    round();
    books.assertLedgerEqualsChain();
  }

  /** The state of the chain after the checkpoint of the next root and before the root itself, which this posts. */
  private String snapshotBeforeThePost() {
    chain.node().automine(false);
    try {
      var rounds = CompletableFuture.runAsync(engine::round);
      mineNextTransaction();
      String snapshot = chain.node().snapshot();
      mineNextTransaction();
      chain.node().automine(true);
      rounds.orTimeout(60, TimeUnit.SECONDS).join();
      chain.catchUp();
      return snapshot;
    } finally {
      chain.node().automine(true);
    }
  }

  private void mineNextTransaction() {
    var operator = chain.role("venue-operator").address();
    Awaitility.await("a transaction of the operator's").atMost(Duration.ofSeconds(30))
        .until(() -> chain.rpc().pendingNonce(operator) > chain.rpc().nonce(operator, BlockTag.LATEST));
    chain.node().mine();
  }

  /** Runs rounds until the chain has that epoch; the round that sees it posted again may post the next one too. */
  private Root roundsUntil(long epoch) {
    for (int rounds = 0; rounds < ROUNDS_TO_RECOVER && chain.contracts().log().newest(VenueDriver.VENUE) < epoch; rounds++) {
      engine.round();
      chain.catchUp();
    }
    assertThat(alarms.active()).isEmpty();
    assertThat(chain.contracts().log().newest(VenueDriver.VENUE)).isGreaterThanOrEqualTo(epoch).isEqualTo(epochs.newestPosted());
    return epochs.root(epoch).orElseThrow();
  }

  private Root round() {
    long before = epochs.newestPosted();
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).isEmpty();
    assertThat(epochs.newestPosted()).isEqualTo(before + 1).isEqualTo(chain.contracts().log().newest(VenueDriver.VENUE));
    return epochs.newestRoot().orElseThrow();
  }

  private BigInteger held() {
    return ledger.held(client.account(), chain.token("USDC"), Ledger.NEWEST);
  }

  private AccountStatus status() {
    return chain.contracts().vault().record(client.account()).status();
  }

  private String projectedStatus() {
    return database.inTransaction(sql -> sql.row("SELECT status FROM account WHERE address = $1", client.account().hex())).orElseThrow()
        .getString("status");
  }

  private List<String> callStates() {
    return new JsonPath(venue.read("calls").statusCode(200).extract().asString())
        .getList("findAll { it.account == '" + client.account() + "' }.state");
  }
}
