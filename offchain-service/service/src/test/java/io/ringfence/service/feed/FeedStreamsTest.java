package io.ringfence.service.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.ringfence.chain.type.Address;
import io.ringfence.service.access.Role;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
class FeedStreamsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Inject TestChain chain;
  @Inject Keys keys;
  @Inject Database database;
  @Inject StoredFeeds feeds;

  private long now;
  private String stream;
  private RequestSpecification source;

  @BeforeEach
  void setUp() {
    chain.catchUp();
    now = chain.head().timestamp();
    stream = "s-" + UUID.randomUUID();
    source = keys.as(Role.MARKET_DATA, 1);
  }

  private String row(String id, String price) {
    return "{\"id\": \"%s:%s\", \"instrument\": \"ETH-20981231\", \"kind\": \"mark\", \"price\": \"%s\", \"time\": %d}"
        .formatted(stream, id, price, now);
  }

  private String update(long sequence, String... rows) {
    return "{\"stream\": \"%s\", \"sequence\": %d, \"rows\": [%s]}".formatted(stream, sequence, String.join(",", rows));
  }

  private String update(long sequence) {
    return update(sequence, row(String.valueOf(sequence), "3000"));
  }

  private ValidatableResponse send(String update) {
    return source.body(update).post("/v1/venues/1/prices").then();
  }

  private String fill(Address account) {
    return "{\"id\": \"%s:f\", \"account\": \"%s\", \"instrument\": \"BTC-PERP\", \"quantity\": 1, \"price\": 1, \"time\": %d}"
        .formatted(stream, account.hex(), now);
  }

  private FeedUpdate price(long sequence) {
    try {
      JsonNode rows = JSON.readTree("[" + row(String.valueOf(sequence), "3000") + "]");
      return new FeedUpdate(1, FeedKind.PRICES, Optional.of(new StreamPlace(stream, sequence)), rows);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private long kept() {
    return database.inTransaction(sql -> sql.one("SELECT count(*) AS n FROM price_history WHERE client_id LIKE $1", stream + "%"))
        .getLong("n");
  }

  @Test
  void updatesInOrderMoveTheStreamOn() {
    for (long sequence = 1; sequence <= 3; sequence++) {
      send(update(sequence)).statusCode(200).body("accepted", hasSize(1)).body("stream", equalTo(stream))
          .body("sequence", equalTo((int) sequence)).body("duplicate", equalTo(false)).body("next", equalTo((int) sequence + 1))
          .body("highest", equalTo((int) sequence));
    }
    assertThat(feeds.position(1, FeedKind.PRICES, stream)).isEqualTo(4);
  }

  @Test
  void withoutAStreamTheAnswerSaysNothingOfOne() {
    send("{\"rows\": [" + row("x", "3000") + "]}").statusCode(200).body("accepted", hasSize(1)).body("size()", equalTo(3))
        .body("stream", nullValue());
  }

  @Test
  void duplicateAppliesNothingAndSaysSo() {
    send(update(1)).statusCode(200);
    send(update(1)).statusCode(200).body("accepted", empty()).body("duplicates", hasSize(1)).body("duplicate", equalTo(true))
        .body("next", equalTo(2)).body("highest", equalTo(1));
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void sameContentWrittenDifferentlyIsADuplicate() {
    send(update(1)).statusCode(200);
    String reordered = """
        {"rows": [{"time": %d.0, "price": "3000", "kind": "m\\u0061rk",
          "instrument":"ETH-20981231", "id": "%s:1"}], "sequence": 1, "stream": "%2$s"}""".formatted(now, stream);
    send(reordered).statusCode(200).body("duplicate", equalTo(true));
  }

  @Test
  void otherContentUnderASequenceIsAConflict() {
    send(update(1)).statusCode(200);
    send(update(1, row("1", "3001"))).statusCode(409).contentType(Problem.MEDIA_TYPE).body("field", equalTo("sequence"))
        .body("detail", containsString("1 of stream " + stream)).body("next", equalTo(2));
    send(update(1, row("1", "3000"), row("2", "3000"))).statusCode(409);
    assertThat(kept()).isEqualTo(1);
  }

  @Test
  void updateAheadAppliesAtOnceAndTheGapStaysUntilItIsFilled() {
    send(update(2)).statusCode(200).body("accepted", hasSize(1)).body("next", equalTo(1)).body("highest", equalTo(2));
    send(update(5)).statusCode(200).body("next", equalTo(1)).body("highest", equalTo(5));
    stream().body("next", equalTo(1)).body("highest", equalTo(5)).body("missingRanges", equalTo(2))
        .body("missing.from", contains(1, 3)).body("missing.to", contains(1, 4));
    send(update(1)).statusCode(200).body("next", equalTo(3)).body("highest", equalTo(5));
    send(update(4)).statusCode(200).body("next", equalTo(3));
    send(update(3)).statusCode(200).body("next", equalTo(6)).body("highest", equalTo(5));
    stream().body("missing", empty()).body("missingRanges", equalTo(0)).body("next", equalTo(6));
    assertThat(kept()).isEqualTo(5);
  }

  private ValidatableResponse stream() {
    return keys.as(Role.READER, 1).get("/v1/venues/1/feeds").then().statusCode(200)
        .rootPath("streams.find { it.stream == '%s' }".formatted(stream)).body("kind", equalTo("prices"));
  }

  @Test
  void sequenceTooFarAheadIsRefused() {
    send(update(1)).statusCode(200);
    send(update(10_002)).statusCode(409).body("field", equalTo("sequence")).body("detail", containsString("send again from 2"));
    send(update(Long.MAX_VALUE)).statusCode(409).body("field", equalTo("sequence")).body("next", equalTo(2));
    assertThat(kept()).isEqualTo(1);
    send(update(10_001)).statusCode(200).body("next", equalTo(2)).body("highest", equalTo(10_001));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1.5", "1e0", "\"1\"", "null", "true", "[]", "9223372036854775808", "-9223372036854775809",
      "115792089237316195423570985008687907853269984665640564039457584007913129639936"})
  void sequenceOutOfItsBoundsIsNamed(String sequence) {
    send("{\"stream\": \"%s\", \"sequence\": %s, \"rows\": [%s]}".formatted(stream, sequence, row("1", "3000"))).statusCode(400)
        .contentType(Problem.MEDIA_TYPE).body("field", equalTo("sequence"));
    assertThat(kept()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a b\"", "\"a\\u0000\"", "\"\\u00e4\"", "7", "null", "{}", "\"TOO LONG\""})
  void streamOutOfItsBoundsIsNamed(String name) {
    send("{\"stream\": %s, \"sequence\": 1, \"rows\": [%s]}".formatted(name.replace("TOO LONG", "x".repeat(101)), row("1", "3000")))
        .statusCode(400).body("field", equalTo("stream"));
    assertThat(kept()).isZero();
  }

  @Test
  void streamAndSequenceGoTogether() {
    send("{\"stream\": \"%s\", \"rows\": [%s]}".formatted(stream, row("1", "3000"))).statusCode(400).body("field", equalTo("sequence"));
    send("{\"sequence\": 1, \"rows\": [%s]}".formatted(row("1", "3000"))).statusCode(400).body("field", equalTo("stream"));
    assertThat(kept()).isZero();
  }

  /** Else the reader of a log would be stuck at it for ever. */
  @Test
  void updateWithoutAGoodRowCountsAsReceived() {
    send(update(1, row("1", "0"))).statusCode(422).body("rejected[0].field", equalTo("price")).body("next", equalTo(2))
        .body("duplicate", equalTo(false)).body("stream", equalTo(stream));
    send(update(2)).statusCode(200).body("next", equalTo(3));
  }

  @Test
  void rowThatIsGoodByNowAppliesWhenItsUpdateComesAgain() {
    Address account = chain.open(chain.newOwner().address(), 0);
    chain.catchUp();
    String update = update(1, fill(account));
    RequestSpecification desk = keys.as(Role.TRADING, 1);
    desk.body(update).post("/v1/venues/1/positions").then().statusCode(422).body("field", equalTo("account"));
    database.inTransaction(sql -> sql.update("UPDATE account SET venue = 1, idx = 7777, status = 'ACTIVE' WHERE address = $1",
        account.hex()));
    desk.body(update).post("/v1/venues/1/positions").then().statusCode(200).body("accepted", hasSize(1)).body("duplicate", equalTo(true))
        .body("next", equalTo(2));
    database.inTransaction(sql -> sql.update("DELETE FROM fill WHERE account = $1", account.hex()));
    database.inTransaction(sql -> sql.update("UPDATE account SET venue = NULL, idx = NULL, status = 'UNPLEDGED' WHERE address = $1",
        account.hex()));
  }

  /** Prices under the same name neither fill a gap of the trades nor hide it. */
  @Test
  void gapsOfPositionsAreOfPositionsAlone() {
    Address account = chain.pledgedAccount();
    send(update(1)).statusCode(200);
    send(update(3)).statusCode(200);
    assertThat(gaps()).isEmpty();
    String fill = fill(account);
    keys.as(Role.TRADING, 1).body(update(4, fill)).post("/v1/venues/1/positions").then().statusCode(200).body("next", equalTo(1));
    assertThat(gaps()).containsExactly(new FeedGaps.Gap(stream, 1, 3));
    send(update(2)).statusCode(200).body("next", equalTo(4));
    assertThat(gaps()).containsExactly(new FeedGaps.Gap(stream, 1, 3));
    for (long sequence = 1; sequence <= 3; sequence++) {
      keys.as(Role.TRADING, 1).body(update(sequence, fill)).post("/v1/venues/1/positions").then().statusCode(200)
          .body("duplicates", hasSize(1));
    }
    assertThat(gaps()).isEmpty();
    database.inTransaction(sql -> sql.update("DELETE FROM fill WHERE account = $1", account.hex()));
  }

  private List<FeedGaps.Gap> gaps() {
    return database.inTransaction(sql -> FeedGaps.open(sql, 1)).stream().filter(gap -> gap.stream().equals(stream)).toList();
  }

  @Test
  void producersThatRaceOnOneStreamLoseNoAdvance() throws Exception {
    int updates = 48;
    List<Callable<FeedAnswer>> sends = new ArrayList<>();
    for (long sequence = 1; sequence <= updates; sequence++) {
      FeedUpdate update = price(sequence);
      sends.add(() -> feeds.accept(update));
      sends.add(() -> feeds.accept(update));
    }
    Collections.shuffle(sends, new Random(42));
    int fresh = 0;
    try (var producers = Executors.newFixedThreadPool(6)) {
      for (var sent : producers.invokeAll(sends)) {
        fresh += sent.get().duplicate() ? 0 : 1;
      }
    }
    assertThat(fresh).isEqualTo(updates);
    assertThat(feeds.position(1, FeedKind.PRICES, stream)).isEqualTo(updates + 1);
    assertThat(kept()).isEqualTo(updates);
    stream().body("highest", equalTo(updates));
  }

  /** The statement that makes prices current fails: neither a row nor the sequence is kept, and the update applies when it comes again. */
  @Test
  void transactionThatFailsInTheMiddleKeepsNothing() {
    database.useTransaction(sql -> {
      sql.update("CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$");
      sql.update("CREATE TRIGGER broken BEFORE INSERT ON price FOR EACH ROW EXECUTE FUNCTION broken()");
    });
    try {
      assertThatThrownBy(() -> feeds.accept(price(1))).hasMessageContaining("broken");
    } finally {
      database.useTransaction(sql -> {
        sql.update("DROP TRIGGER broken ON price");
        sql.update("DROP FUNCTION broken()");
      });
    }
    assertThat(feeds.position(1, FeedKind.PRICES, stream)).isEqualTo(1);
    assertThat(kept()).isZero();
    FeedAnswer answer = feeds.accept(price(1));
    assertThat(answer.accepted()).hasSize(1);
    assertThat(answer.duplicate()).isFalse();
    assertThat(answer.next()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"READER, 200", "TRADING, 200", "MARKET_DATA, 200", "OPERATOR, 200"})
  void everyRoleOfTheVenueReadsItsStreams(Role role, int status) {
    keys.as(role, 1).get("/v1/venues/1/feeds").then().statusCode(status);
    keys.as(role, 1).get("/v1/venues/2/feeds").then().statusCode(403);
    keys.admin().get("/v1/venues/77/feeds").then().statusCode(404);
    Keys.with("no").get("/v1/venues/1/feeds").then().statusCode(401);
  }
}
