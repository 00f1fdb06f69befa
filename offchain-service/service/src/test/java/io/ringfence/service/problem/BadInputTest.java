package io.ringfence.service.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.ringfence.chain.type.Address;
import io.ringfence.service.access.Role;
import io.ringfence.service.engine.EngineProfile;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every endpoint that writes does with a body it cannot use: a problem document that names the fault, and nothing stored. */
@ServiceTest
@TestProfile(EngineProfile.class)
class BadInputTest {

  private static final String ACCOUNT = "0x00000000000000000000000000000000000000aa";
  private static final int TOO_LARGE = 9 * 1024 * 1024;

  @Inject TestChain chain;
  @Inject Keys keys;
  @Inject Database database;

  private List<Long> before;

  @BeforeEach
  void count() {
    keys.admin().get("/v1/keys").then().statusCode(200);
    before = stored();
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(stored()).isEqualTo(before);
  }

  /** Every endpoint that takes a body, and a field of it. */
  static Stream<Arguments> endpoints() {
    return Stream.of(
        Arguments.of("/v1/keys", "role"),
        Arguments.of("/v1/venues/1/positions", "rows"),
        Arguments.of("/v1/venues/1/prices", "rows"),
        Arguments.of("/v1/venues/1/expiries", "price"),
        Arguments.of("/v1/venues/1/pledges", "terms"),
        Arguments.of("/v1/venues/1/accounts/" + ACCOUNT + "/consents", "token"),
        Arguments.of("/v1/venues/1/epochs/settling", "id"));
  }

  /** The same, and those of which every field may be absent. */
  static Stream<Arguments> bodies() {
    return Stream.concat(endpoints(), Stream.of(Arguments.of("/v1/venues/1/accounts/" + ACCOUNT + "/what-if", "positions")));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void malformedJsonIsToldByLineAndColumn(String path) {
    problem(post(path, "{\n  \"id\": nope}"), 400, "malformed-json").body("line", equalTo(2)).body("column", notNullValue());
    problem(post(path, "{\"id\": \"x\""), 400, "malformed-json");
    problem(post(path, "{\"id\": \"x\"} and more"), 400, "malformed-json");
    problem(post(path, ""), 400, "malformed-json");
    for (String other : List.of("[]", "7", "null", "\"text\"")) {
      post(path, other).statusCode(400).contentType(Problem.MEDIA_TYPE);
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void bytesThatAreNoTextAreRefused(String path) {
    byte[] bytes = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
    keys.admin().body(bytes).post(path).then().statusCode(400).contentType(Problem.MEDIA_TYPE);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void unknownFieldIsNamed(String path) {
    problem(post(path, "{\"surprise\": 1}"), 400, "bad-field").body("field", equalTo("surprise"));
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void missingFieldIsNamed(String path, String field) {
    problem(post(path, "{}"), 400, "bad-field").body("field", notNullValue());
    problem(post(path, "{\"" + field + "\": null}"), 400, "bad-field").body("field", notNullValue());
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void fieldThatComesTwiceIsRefused(String path, String field) {
    post(path, "{\"" + field + "\": \"a\", \"" + field + "\": \"b\"}").statusCode(400).contentType(Problem.MEDIA_TYPE)
        .body("detail", containsString(field));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void deepJsonIsRefused(String path, String field) {
    int depth = 2_000;
    post(path, "{\"" + field + "\": " + "[".repeat(depth) + "]".repeat(depth) + "}").statusCode(400).contentType(Problem.MEDIA_TYPE);
    post(path, "{\"a\":".repeat(depth)).statusCode(400).contentType(Problem.MEDIA_TYPE);
  }

  /** Refused by its announced length, before any of it is read. */
  @ParameterizedTest
  @MethodSource("bodies")
  void hugeBodyIsRefused(String path) throws IOException {
    String key = keys.secret(Role.ADMIN, 1);
    try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Authorization: Bearer " + key + "\r\nContent-Length: " + TOO_LARGE + "\r\nConnection: close\r\n\r\n{\"rows\"")
          .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 413 ").containsIgnoringCase("content-type: " + Problem.MEDIA_TYPE)
          .contains("urn:ringfence:problem:too-large");
    }
    before = stored();
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void hugeNumberIsRefused(String path, String field) {
    post(path, "{\"" + field + "\": 1e999999999}").statusCode(400).contentType(Problem.MEDIA_TYPE);
    post(path, "{\"" + field + "\": " + "9".repeat(5_000) + "}").statusCode(400).contentType(Problem.MEDIA_TYPE);
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void otherMediaTypesAreRefused(String path) {
    for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded")) {
      problem(keys.admin().contentType(type).body("{}").post(path).then(), 415, "unsupported-media-type");
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void otherMethodsAreRefused(String path) {
    problem(keys.admin().body("{}").put(path).then(), 405, "method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/venues/1/positions", "/v1/venues/1/prices", "/v1/venues/1/expiries",
      "/v1/venues/1/epochs/settling", "/v1/keys"})
  void nobodyWritesWithoutACredential(String path) {
    problem(RestAssured.given().contentType("application/json").body("{}").post(path).then(), 401, "no-credential");
    problem(Keys.with("rf_0000000000000000_no").body("{}").post(path).then(), 401, "no-credential");
    problem(keys.as(Role.READER, 1).body("{}").post(path).then(), 403, "not-allowed");
    before = stored();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      0x12                                       | account
      0xzz000000000000000000000000000000000000aa | account
      nobody                                     | account
      """)
  void accountInThePathMustBeAnAddress(String account, String field) {
    problem(post("/v1/venues/1/accounts/" + account + "/consents", consent("id", "\"0x" + "11".repeat(32) + "\"")), 400, "bad-field")
        .body("field", equalTo(field));
    problem(keys.admin().get("/v1/venues/1/accounts/" + account).then(), 400, "bad-field").body("field", equalTo(field));
    problem(keys.admin().get("/v1/venues/1/accounts/" + account + "/proof").then(), 400, "bad-field").body("field", equalTo(field));
  }

  @Test
  void unknownAccountAndVenueAreNotFound() {
    problem(keys.admin().get("/v1/venues/1/accounts/" + ACCOUNT).then(), 404, "not-found");
    problem(post("/v1/venues/1/accounts/" + ACCOUNT + "/consents", consent("id", "\"0x" + "11".repeat(32) + "\"")), 404, "not-found");
    for (String path : List.of("status", "accounts", "calls", "defaults", "auctions", "fund", "epochs", "settlements", "timeline",
        "margins", "margins/parameters")) {
      problem(keys.admin().get("/v1/venues/2/" + path).then(), 404, "not-found");
    }
    problem(keys.admin().get("/v1/venues/one/status").then(), 404, "not-found");
    problem(keys.admin().get("/v1/venues/1/epochs/999999").then(), 404, "not-found");
    problem(post("/v1/venues/2/pledges", "{}"), 404, "not-found");
    problem(post("/v1/venues/2/epochs/settling", "{\"id\": \"x\"}"), 404, "not-found");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      token          | "0x12"
      token          | 7
      token          | null
      amount         | "0"
      amount         | "-1"
      amount         | "1.5"
      amount         | "1e3"
      amount         | " 1"
      amount         | "115792089237316195423570985008687907853269984665640564039457584007913129639936"
      amount         | -1
      amount         | []
      to             | "nobody"
      id             | "0x11"
      id             | "abc"
      deadline       | "soon"
      deadline       | -1
      deadline       | 1099511627776
      ownerSignature | "signed"
      ownerSignature | "0x123"
      ownerSignature | {}
      """)
  void consentsFieldIsNamed(String field, String value) {
    problem(post("/v1/venues/1/accounts/" + ACCOUNT + "/consents", consent(field, value)), 400, "bad-field").body("field", equalTo(field));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      account       | "0x12"
      account       | null
      venue         | 2
      venue         | "1.0"
      venue         | 4294967296
      policyVersion | -1
      debitCap      | "-1"
      debitCap      | "79228162514264337593543950336"
      debitCap      | 1.5
      nonce         | 4294967296
      nonce         | true
      deadline      | 1099511627776
      deadline      | ""
      """)
  void pledgesFieldIsNamed(String field, String value) {
    String terms = "{\"account\": \"%s\", \"venue\": 1, \"policyVersion\": 1, \"debitCap\": \"1\", \"nonce\": 0, \"deadline\": 9999999999}"
        .formatted(ACCOUNT).replaceFirst("\"" + field + "\": (\"[^\"]*\"|[0-9]+)", "\"" + field + "\": " + value);
    problem(post("/v1/venues/1/pledges", "{\"id\": \"x\", \"terms\": %s, \"ownerSignature\": \"0x11\"}".formatted(terms)), 400, "bad-field")
        .body("field", equalTo("terms." + field));
  }

  @Test
  void pledgesOtherFieldsAreNamed() {
    String terms = """
        {"account": "%s", "venue": 1, "policyVersion": 1, "debitCap": "1000000000", "nonce": 0, "deadline": 9999999999%s}""";
    String good = terms.formatted(ACCOUNT, "");
    String more = terms.formatted(ACCOUNT, ", \"more\": 1");
    pledge("{\"id\": \"x\", \"terms\": %s, \"ownerSignature\": \"0x11\"}".formatted(more), "terms.more");
    pledge("{\"id\": \"x\", \"terms\": [], \"ownerSignature\": \"0x11\"}", "terms");
    pledge("{\"id\": \"a b\", \"terms\": %s, \"ownerSignature\": \"0x11\"}".formatted(good), "id");
    pledge("{\"id\": \"%s\", \"terms\": %s, \"ownerSignature\": \"0x11\"}".formatted("x".repeat(101), good), "id");
    pledge("{\"id\": 7, \"terms\": %s, \"ownerSignature\": \"0x11\"}".formatted(good), "id");
    pledge("{\"id\": \"x\", \"terms\": %s, \"ownerSignature\": \"11\"}".formatted(good), "ownerSignature");
    pledge("{\"id\": \"x\", \"terms\": %s, \"ownerSignature\": \"0x11\"}".formatted(good), "terms.account");
    String low = good.replace("1000000000", "999999999");
    pledge("{\"id\": \"x\", \"terms\": %s, \"ownerSignature\": \"0x11\"}".formatted(low), "terms.debitCap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a b\"", "7", "null", "[]", "{}"})
  void settlingRequestsIdIsNamed(String id) {
    problem(post("/v1/venues/1/epochs/settling", "{\"id\": " + id + "}"), 400, "bad-field").body("field", equalTo("id"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"positions": 1e999999999}                                             | positions
      {"positions": {}}                                                      | positions
      {"positions": [7]}                                                     | positions[0]
      {"positions": [{"instrument": "BTC-PERP", "quantity": "1", "x": 1}]}   | positions[0].x
      {"positions": [{"instrument": "BTC", "quantity": "1"}]}                | positions[0].instrument
      {"positions": [{"instrument": "BTC-PERP", "quantity": "NaN"}]}         | positions[0].quantity
      {"positions": [{"instrument": "BTC-PERP", "quantity": "Infinity"}]}    | positions[0].quantity
      {"positions": [{"instrument": "BTC-PERP", "quantity": "1e3"}]}         | positions[0].quantity
      {"positions": [{"instrument": "XRP-PERP", "quantity": "1"}]}           | positions[0].price
      {"positions": [{"instrument": "XRP-PERP", "quantity": "1", "price": "-Infinity"}]} | positions[0].price
      {"collateral": [{"token": "0x12", "amount": "1"}]}                     | collateral[0].token
      {"collateral": [{"token": "0x00000000000000000000000000000000000000aa", "amount": "1"}]} | collateral[0].token
      {"collateral": 5}                                                      | collateral
      """)
  void whatIfsFieldIsNamed(String body, String field) {
    problem(post("/v1/venues/1/accounts/" + chain.pledgedAccount() + "/what-if", body), 400, "bad-field").body("field", equalTo(field));
    before = stored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"NaN\"", "\"Infinity\"", "\"-Infinity\"", "\"0\"", "\"-0.5\"", "\"1e999\""})
  void volatilityThatIsNoneIsRefused(String price) {
    String row = """
        {"id": "%s", "instrument": "BTC-20991225-90000-C", "kind": "volatility", "price": %s, "time": %d}"""
        .formatted(UUID.randomUUID(), price, chain.head().timestamp());
    RequestSpecification feed = keys.as(Role.MARKET_DATA, 1);
    before = stored();
    feed.body("{\"rows\": [" + row + "]}").post("/v1/venues/1/prices").then().statusCode(422)
        .body("rejected[0].field", equalTo("price"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"NaN\"", "\"Infinity\"", "\"1.5\"", "\"-0.1\""})
  void confidenceThatIsNoneIsRefused(String confidence) {
    String row = """
        {"id": "%s", "instrument": "BTC-20991225-90000-C", "kind": "volatility", "price": "0.5", "confidence": %s, "time": %d}"""
        .formatted(UUID.randomUUID(), confidence, chain.head().timestamp());
    RequestSpecification feed = keys.as(Role.MARKET_DATA, 1);
    before = stored();
    feed.body("{\"rows\": [" + row + "]}").post("/v1/venues/1/prices").then().statusCode(422)
        .body("rejected[0].field", equalTo("confidence"));
  }

  @ParameterizedTest
  @CsvSource({"epochs, limit, 0", "epochs, limit, 100001", "timeline, limit, -1", "timeline, account, nobody"})
  void boundsOfReadsAreNamed(String path, String field, String value) {
    problem(keys.admin().queryParam(field, value).get("/v1/venues/1/" + path).then(), 400, "bad-field").body("field", equalTo(field));
  }

  /** What goes wrong inside is never shown: no class names, no statements, no stack. */
  @Test
  void hostileTextComesBackHarmless() {
    String hostile = "'; DROP TABLE fill; -- <script>\\u0000";
    post("/v1/venues/1/positions", "{\"rows\": [{\"id\": \"" + hostile + "\"}]}").statusCode(422).contentType(Problem.MEDIA_TYPE)
        .body("rejected[0].field", equalTo("id")).body("rejected[0].id", nullValue());
    post("/v1/venues/1/epochs/settling", "{\"id\": \"" + hostile + "\"}").statusCode(400).body("detail", not(containsString("Exception")));
    problem(keys.admin().get("/v1/venues/1/accounts/%27%3B--/proof").then(), 400, "bad-field");
  }

  @Test
  void batchOfGoodBadAndDoubledRowsIsSortedOutRowByRow() {
    Address account = chain.pledgedAccount();
    String id = UUID.randomUUID().toString();
    String good = """
        {"id": "%s", "account": "%s", "instrument": "BTC-PERP", "quantity": "1", "price": "60000", "time": %d}"""
        .formatted(id, account, chain.head().timestamp());
    String other = good.replace("\"quantity\": \"1\"", "\"quantity\": \"2\"");
    String negative = good.replace(id, id + "-n").replace("60000", "-60000");
    String future = good.replace(id, id + "-f").replaceFirst("\"time\": [0-9]+", "\"time\": \"2999-01-01T00:00:00Z\"");
    String unknown = good.replace(id, id + "-u").replace(account.hex(), ACCOUNT);
    keys.as(Role.TRADING, 1).body("{\"rows\": [" + String.join(",", good, good, other, negative, future, unknown, "[]") + "]}")
        .post("/v1/venues/1/positions").then().statusCode(200)
        .body("accepted", contains(id)).body("duplicates", contains(id))
        .body("rejected.row", contains(2, 3, 4, 5, 6)).body("rejected.field", contains("id", "price", "time", "account", "rows"));
    assertThat(fills(id)).isEqualTo(1);
    keys.as(Role.TRADING, 1).body("{\"rows\": [" + negative + "," + future + "]}").post("/v1/venues/1/positions").then().statusCode(422)
        .body("rejected.row", contains(0, 1)).body("field", equalTo("price"));
    assertThat(fills(id)).isEqualTo(1);
    database.inTransaction(sql -> sql.update("DELETE FROM fill WHERE client_id = $1", id));
    before = stored();
  }

  @Test
  void batchOfPricesIsSortedOutRowByRow() {
    String id = UUID.randomUUID().toString();
    long now = chain.head().timestamp();
    String good = """
        {"id": "%s", "instrument": "ETH-20991231", "kind": "mark", "price": "3000", "time": %d}""".formatted(id, now);
    String zero = good.replace(id, id + "-z").replace("3000", "0");
    String future = good.replace(id, id + "-f").replace(String.valueOf(now), String.valueOf(now + 1_000_000));
    String asset = good.replace(id, id + "-a").replace("ETH-20991231", "DOGE-20991231");
    keys.as(Role.MARKET_DATA, 1).body("{\"rows\": [" + String.join(",", zero, good, future, asset, good) + "]}")
        .post("/v1/venues/1/prices").then().statusCode(200)
        .body("accepted", contains(id)).body("duplicates", contains(id))
        .body("rejected.row", contains(0, 2, 3)).body("rejected.field", contains("price", "time", "instrument"))
        .body("rejected.detail", hasItem(containsString("future")));
    database.inTransaction(sql -> sql.update("DELETE FROM price_history WHERE client_id = $1", id));
    database.inTransaction(sql -> sql.update("DELETE FROM price WHERE instrument = 'ETH-20991231'"));
    keys.as(Role.MARKET_DATA, 1).body("{\"rows\": []}").post("/v1/venues/1/prices").then().statusCode(400).body("field", equalTo("rows"))
        .body("rejected", nullValue());
    before = stored();
  }

  private static ValidatableResponse problem(ValidatableResponse answer, int status, String kind) {
    return answer.statusCode(status).contentType(Problem.MEDIA_TYPE).body("status", equalTo(status))
        .body("type", equalTo("urn:ringfence:problem:" + kind)).body("title", not(empty())).body("detail", not(empty()));
  }

  private ValidatableResponse post(String path, String body) {
    return keys.admin().body(body).post(path).then();
  }

  private void pledge(String body, String field) {
    problem(post("/v1/venues/1/pledges", body), 400, "bad-field").body("field", equalTo(field));
  }

  private static String consent(String field, String value) {
    return """
        {"id": "0x%s", "token": "%s", "amount": "1", "to": "%s", "deadline": 9999999999, "ownerSignature": "0x11"}"""
        .formatted("11".repeat(32), ACCOUNT, ACCOUNT)
        .replaceFirst("\"" + field + "\": (\"[^\"]*\"|[0-9]+)", "\"" + field + "\": " + value);
  }

  private long fills(String id) {
    return database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM fill WHERE client_id LIKE $1", id + "%")).orElseThrow()
        .getLong("n");
  }

  private List<Long> stored() {
    return database.inTransaction(sql -> Stream
        .of("credential", "fill", "price", "price_history", "feed_stream", "feed_update", "settlement_price", "request", "consent",
            "settling_request")
        .map(table -> sql.row("SELECT count(*) AS n FROM " + table).orElseThrow().getLong("n")).toList());
  }
}
