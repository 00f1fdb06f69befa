package io.ringfence.service.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.ringfence.chain.type.Address;
import io.ringfence.service.access.ApiKeys;
import io.ringfence.service.access.Role;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ServiceTest
class FeedSocketTest {
  private static final int LIMIT = 8 * 1024 * 1024;

  @Inject TestChain chain;
  @Inject Keys keys;
  @Inject ApiKeys apiKeys;
  @Inject Database database;

  private long now;
  private String stream;

  @BeforeEach
  void setUp() {
    chain.catchUp();
    now = chain.head().timestamp();
    stream = "w-" + UUID.randomUUID();
  }

  private FeedClient open(Role role) throws Exception {
    var client = new FeedClient(keys.secret(role, 1), "1");
    assertThat(client.next().path("type").asText()).isEqualTo("hello");
    return client;
  }

  private String prices(long sequence, String price) {
    return "{\"type\": \"prices\", " + update(sequence, price) + "}";
  }

  private String update(long sequence, String price) {
    return """
        "stream": "%s", "sequence": %d, "rows": [
          {"id": "%1$s:%2$d", "instrument": "ETH-20971231", "kind": "mark", "price": "%s", "time": %d}]"""
        .formatted(stream, sequence, price, now);
  }

  private String positions(long sequence, Address account) {
    return """
        {"type": "positions", "stream": "%s", "sequence": %d, "rows": [
          {"id": "%1$s:%2$d", "account": "%s", "instrument": "BTC-PERP", "quantity": 1, "price": 1, "time": %d}]}"""
        .formatted(stream, sequence, account.hex(), now);
  }

  private long kept() {
    return database.inTransaction(sql -> sql.one("SELECT count(*) AS n FROM price_history WHERE client_id LIKE $1", stream + "%"))
        .getLong("n");
  }

  @Test
  void framesAreAnsweredInOrder() throws Exception {
    try (var client = open(Role.MARKET_DATA)) {
      for (int sequence = 1; sequence <= 20; sequence++) {
        client.send(prices(sequence, "100"));
      }
      for (int sequence = 1; sequence <= 20; sequence++) {
        JsonNode answer = client.next();
        assertThat(answer.path("sequence").asLong()).isEqualTo(sequence);
        assertThat(answer.path("accepted").size()).isEqualTo(1);
        assertThat(answer.path("duplicate").asBoolean(true)).isFalse();
        assertThat(answer.path("next").asLong()).isEqualTo(sequence + 1);
      }
    }
  }

  @Test
  void streamIsTheSameByRestAndByWebSocket() throws Exception {
    try (var client = open(Role.MARKET_DATA)) {
      assertThat(client.ask(prices(1, "100")).path("next").asLong()).isEqualTo(2);
      var source = keys.as(Role.MARKET_DATA, 1);
      source.body("{" + update(1, "100") + "}").post("/v1/venues/1/prices").then().statusCode(200).body("duplicate", equalTo(true));
      source.body("{" + update(3, "100") + "}").post("/v1/venues/1/prices").then().statusCode(200).body("next", equalTo(2));
      JsonNode answer = client.ask(prices(2, "100"));
      assertThat(answer.path("next").asLong()).isEqualTo(4);
      assertThat(answer.path("highest").asLong()).isEqualTo(3);
      JsonNode conflict = client.ask(prices(3, "101"));
      assertThat(conflict.path("status").asInt()).isEqualTo(409);
      assertThat(conflict.path("type").asText()).isEqualTo("urn:ringfence:problem:conflict");
      assertThat(conflict.path("field").asText()).isEqualTo("sequence");
      assertThat(client.ask(prices(20_000, "100")).path("detail").asText()).contains("send again from 4");
    }
  }

  /** What was sent when the connection broke may have arrived or not: the hello of the next one says where to go on. */
  @Test
  void producerThatIsCutOffGoesOnFromTheHello() throws Exception {
    String key = keys.secret(Role.MARKET_DATA, 1);
    try (var client = new FeedClient(key, "1")) {
      client.next();
      client.ask(prices(1, "100"));
      client.ask(prices(3, "100"));
      client.send(prices(2, "100"));
    }
    try (var again = new FeedClient(key, "1")) {
      JsonNode hello = again.next();
      long next = StreamSupport.stream(hello.path("streams").spliterator(), false)
          .filter(one -> one.path("stream").asText().equals(stream)).findFirst().orElseThrow().path("next").asLong();
      assertThat(next).isIn(2L, 4L);
      for (long sequence = next; sequence <= 5; sequence++) {
        again.send(prices(sequence, "100"));
      }
      JsonNode last = null;
      for (long sequence = next; sequence <= 5; sequence++) {
        last = again.next();
      }
      assertThat(last.path("next").asLong()).isEqualTo(6);
      assertThat(kept()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {                                                                | malformed-json |
      []                                                               | malformed-json |
      ''                                                               | malformed-json |
      {"type": "prices", "type": "prices"}                             | malformed-json |
      {}                                                               | bad-field      | type
      {"type": 7}                                                      | bad-field      | type
      {"type": "fills", "rows": [1]}                                   | bad-field      | type
      {"type": "prices"}                                               | bad-field      | rows
      {"type": "prices", "rows": []}                                   | bad-field      | rows
      {"type": "prices", "rows": [1], "more": 1}                       | bad-field      | more
      {"type": "prices", "rows": [1], "stream": "a"}                   | bad-field      | sequence
      {"type": "prices", "rows": [1], "stream": "a", "sequence": 0}    | bad-field      | sequence
      {"type": "prices", "rows": [1], "stream": "a", "sequence": -1}   | bad-field      | sequence
      {"type": "prices", "rows": [1], "stream": "a", "sequence": 1.5}  | bad-field      | sequence
      {"type": "prices", "rows": [1], "stream": "a", "sequence": 9223372036854775808} | bad-field | sequence
      {"type": "prices", "rows": [1], "stream": "a b", "sequence": 1}  | bad-field      | stream
      {"type": "prices", "rows": [1]}                                  | all-rows-bad   | rows
      {"type": "positions", "rows": [1]}                               | not-allowed    |
      """)
  void badFrameIsToldAndTheConnectionStays(String frame, String kind, String field) throws Exception {
    try (var client = open(Role.MARKET_DATA)) {
      JsonNode problem = client.ask(frame);
      assertThat(problem.path("type").asText()).isEqualTo("urn:ringfence:problem:" + kind);
      assertThat(problem.path("status").asInt()).isBetween(400, 422);
      assertThat(problem.path("title").asText()).isNotEmpty();
      assertThat(problem.path("detail").asText()).isNotEmpty();
      assertThat(problem.path("field").asText(null)).isEqualTo(field);
      assertThat(client.ask(prices(1, "100")).path("next").asLong()).isEqualTo(2);
    }
  }

  @Test
  void frameOfBytesIsRefused() throws Exception {
    try (var client = open(Role.MARKET_DATA)) {
      client.sendBytes(prices(1, "100").getBytes(StandardCharsets.UTF_8));
      assertThat(client.next().path("type").asText()).isEqualTo("urn:ringfence:problem:malformed-json");
      assertThat(kept()).isZero();
    }
  }

  @Test
  void eachRoleSendsItsKindAndTheAdministratorBoth() throws Exception {
    Address account = chain.pledgedAccount();
    try (var desk = open(Role.TRADING); var source = open(Role.MARKET_DATA)) {
      assertThat(desk.ask(prices(1, "100")).path("status").asInt()).isEqualTo(403);
      assertThat(source.ask(positions(1, account)).path("status").asInt()).isEqualTo(403);
      assertThat(kept()).isZero();
      assertThat(desk.ask(positions(1, account)).path("next").asLong()).isEqualTo(2);
      assertThat(source.ask(prices(1, "100")).path("next").asLong()).isEqualTo(2);
    }
    try (var admin = open(Role.ADMIN)) {
      assertThat(admin.ask(positions(2, account)).path("next").asLong()).isEqualTo(3);
      assertThat(admin.ask(prices(2, "100")).path("next").asLong()).isEqualTo(3);
    }
    database.inTransaction(sql -> sql.update("DELETE FROM fill WHERE account = $1", account.hex()));
  }

  @ParameterizedTest
  @CsvSource({"READER, 1, 403", "OPERATOR, 1, 403", "TRADING, 2, 403", "TRADING, 01, 403", "ADMIN, 77, 404", "ADMIN, one, 404"})
  void handshakeIsRefused(Role role, String venue, int status) {
    refused(keys.secret(role, 1), venue, status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no", "rf_0000000000000000_0000000000000000000000000000000000000000000000000000000000000000"})
  void handshakeWithoutAGoodKeyIsRefused(String key) {
    refused(key.isEmpty() ? null : key, "1", 401);
  }

  private static void refused(String key, String venue, int status) {
    assertThatThrownBy(() -> new FeedClient(key, venue)).isInstanceOfSatisfying(WebSocketHandshakeException.class,
        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(status));
  }

  @Test
  void keyThatIsRevokedEndsItsConnection() throws Exception {
    String key = keys.secret(Role.MARKET_DATA, 1);
    try (var client = new FeedClient(key, "1")) {
      client.next();
      assertThat(client.ask(prices(1, "100")).path("next").asLong()).isEqualTo(2);
      apiKeys.revoke(key.split("_")[1]);
      assertThat(client.ask(prices(2, "100")).path("status").asInt()).isEqualTo(401);
      assertThat(client.closeCode()).isEqualTo(1008);
      assertThat(kept()).isEqualTo(1);
      refused(key, "1", 401);
    }
  }

  @Test
  void messageInPartsOverTheLimitEndsTheConnection() throws Exception {
    try (var client = open(Role.MARKET_DATA)) {
      try {
        client.sendInParts("x".repeat(LIMIT), "x");
      } catch (CompletionException e) {
        assertThat(e).hasCauseInstanceOf(IOException.class);
      }
      assertThat(client.closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void frameOverTheLimitEndsTheConnection() throws IOException {
    byte[] answer = answerToFrame(LIMIT + 1, "x".repeat(LIMIT + 1));
    int close = IntStream.range(0, answer.length - 3).filter(at -> answer[at] == (byte) 0x88).findFirst().orElseThrow();
    assertThat(ByteBuffer.wrap(answer).getShort(close + 2)).isEqualTo((short) 1009);
  }

  @Test
  void frameThatAnnouncesToBeHugeIsCutOffBeforeItComes() throws IOException {
    for (long length : new long[] {2 * LIMIT + 1, Integer.MAX_VALUE + 1L, -1}) {
      answerToFrame(length, "");
    }
    assertThat(kept()).isZero();
  }

  /** All that the service says after its hello to a frame of that length, up to the connection's end. */
  private byte[] answerToFrame(long length, String content) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(("GET /v1/venues/1/feed HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
          + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nAuthorization: Bearer "
          + keys.secret(Role.MARKET_DATA, 1) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      var hello = new ByteArrayOutputStream();
      while (!hello.toString(StandardCharsets.ISO_8859_1).contains("\"hello\"")) {
        byte[] next = socket.getInputStream().readNBytes(1);
        assertThat(next).as("after %s", hello).hasSize(1);
        hello.write(next);
      }
      socket.getOutputStream().write(ByteBuffer.allocate(14).put((byte) 0x81).put((byte) 0xff).putLong(length).putInt(0).array());
      socket.getOutputStream().write(content.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().readAllBytes();
    }
  }

  /** A producer that does not wait for answers, while they take long, is cut off; what is answered was applied, nothing else was. */
  @Test
  void senderWhoFloodsIsCutOff() throws Exception {
    try (var client = open(Role.MARKET_DATA)) {
      client.ask(prices(1, "100"));
      database.useTransaction(sql -> {
        sql.one("SELECT 1 AS one FROM feed_stream WHERE name = $1 FOR UPDATE", stream);
        try {
          flood(client);
          assertThat(client.closeCode()).isEqualTo(1013);
        } catch (RuntimeException | AssertionError e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      });
    }
    assertThat(kept()).isLessThanOrEqualTo(2);
  }

  private void flood(FeedClient client) {
    try {
      for (long sequence = 2; sequence <= 200; sequence++) {
        client.send(prices(sequence, "100"));
      }
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(IOException.class);
    }
  }
}
