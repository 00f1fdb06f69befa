package io.ringfence.service.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.service.store.Database;
import io.ringfence.service.store.Entities;
import io.ringfence.service.testing.ServiceTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.persistence.metamodel.EntityType;
import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

/** The entities fit the schema that the migrations make, digits and all, and what is kept once is kept once. */
@ServiceTest
class EntitiesTest {
  private static final BigInteger BIG = BigInteger.TWO.pow(200).add(BigInteger.ONE);

  @Inject Entities entities;
  @Inject Database database;
  @Inject Mutiny.SessionFactory sessions;
  @Inject Vertx vertx;

  @Test
  void everyEntityFitsItsTable() {
    Set<EntityType<?>> types = sessions.getMetamodel().getEntities();
    assertThat(types.stream().map(EntityType::getName).collect(Collectors.toSet())).contains("RegisteredVenue", "AcceptedAsset",
        "SegregatedAccount", "Pledge", "MarginCall", "DefaultCase", "AuctionLot", "LotTake", "ListedInstrument", "Epoch", "PostedEpoch",
        "GrantedConsent", "ClientRequest", "Credential");
    for (EntityType<?> type : types) {
      assertThat(entities.list(type.getJavaType(), "from " + type.getName(), Map.of(), 1)).hasSizeLessThan(2);
    }
  }

  @Test
  void amountsKeepEveryDigitBothWays() {
    var asked = new GrantedConsent.Asked("entities-test", 99, "0xaa", "0xbb", BIG, "0xcc");
    entities.inTransaction(session -> session.persist(new GrantedConsent(asked, 7, 8, 9, "0xdd")));
    GrantedConsent kept = entities
        .list(GrantedConsent.class, "from GrantedConsent where requestId = :id", Map.of("id", "entities-test")).getFirst();
    assertThat(kept.asked()).isEqualTo(asked);
    assertThat(kept.index()).isEqualTo(7);
    String stored = database.inTransaction(sql -> sql
        .one("SELECT amount::text AS amount FROM consent WHERE client_request_id = 'entities-test'").getString("amount"));
    assertThat(stored).isEqualTo(BIG.toString());
    assertThatThrownBy(() -> entities.inTransaction(session -> session.persist(new GrantedConsent(asked, 1, 2, 3, "0xee"))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void whatIsKeptOnceIsFoundAgain() {
    var key = new ClientRequest.Key(99, "entities-test", "one");
    ClientRequest first = entities.findOrKeep(session -> session.find(ClientRequest.class, key), new ClientRequest(key, "h1", "0x01"));
    ClientRequest second = entities.findOrKeep(session -> session.find(ClientRequest.class, key), new ClientRequest(key, "h2", "0x02"));
    assertThat(first.signature()).isEqualTo("0x01");
    assertThat(second.bodyHash()).isEqualTo("h1");
    assertThat(second.signature()).isEqualTo("0x01");
    assertThat(entities.find(ClientRequest.class, new ClientRequest.Key(98, "entities-test", "one"))).isEmpty();
  }

  /** A search that sees nothing at first is what a request sees that comes at the same time as another. */
  @Test
  void slowerOfTwoAtOnceGetsWhatTheFasterKept() {
    var key = new ClientRequest.Key(99, "entities-test", "race");
    entities.inTransaction(session -> session.persist(new ClientRequest(key, "faster", "0x01")));
    var blind = new boolean[] {true};
    ClientRequest slower = entities.findOrKeep(session -> {
      boolean seesNothing = blind[0];
      blind[0] = false;
      return seesNothing ? Uni.createFrom().nullItem() : session.find(ClientRequest.class, key);
    }, new ClientRequest(key, "slower", "0x02"));
    assertThat(slower.bodyHash()).isEqualTo("faster");
  }

  @Test
  void workThatFailsKeepsNothing() {
    var key = new ClientRequest.Key(99, "entities-test", "failed");
    assertThatThrownBy(() -> entities.inTransaction(session -> session.persist(new ClientRequest(key, "h", "0x01"))
        .chain(session::flush)
        .chain(() -> Uni.createFrom().failure(new IllegalStateException("on purpose"))))).hasMessageContaining("on purpose");
    assertThat(entities.find(ClientRequest.class, key)).isEmpty();
  }

  @Test
  void eventLoopsAreRefused() throws Exception {
    var refused = new CompletableFuture<Throwable>();
    vertx.runOnContext(nothing -> {
      try {
        entities.find(RegisteredVenue.class, 1L);
        refused.complete(null);
      } catch (RuntimeException e) {
        refused.complete(e);
      }
    });
    assertThat(refused.get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
  }
}
