package io.ringfence.service.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import io.restassured.specification.RequestSpecification;
import io.ringfence.chain.type.Address;
import io.ringfence.service.access.Role;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
class PositionsTest {
  @Inject TestChain chain;
  @Inject Keys keys;
  @Inject Database database;

  private Address account;
  private String now;
  private String id;
  private RequestSpecification desk;

  @BeforeEach
  void setUp() {
    account = chain.pledgedAccount();
    now = Instant.ofEpochSecond(chain.head().timestamp()).toString();
    id = UUID.randomUUID().toString();
    desk = keys.as(Role.TRADING, 1);
  }

  private String row(String rowId, String account, String instrument, String quantity, String price) {
    return """
        {"id": "%s", "account": "%s", "instrument": "%s", "quantity": "%s", "price": "%s", "fee": "0.5", "time": "%s"}\
        """.formatted(rowId, account, instrument, quantity, price, now);
  }

  private String good(String rowId) {
    return row(rowId, account.hex(), "BTC-PERP", "-0.25", "110000.5");
  }

  private static String batch(String... rows) {
    return "{\"rows\": [" + String.join(",", rows) + "]}";
  }

  private long stored() {
    return database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM fill WHERE account = $1", account.hex()))
        .orElseThrow().getLong("n");
  }

  @Test
  void goodRowIsStoredUnderTheAccountsPledge() {
    desk.body(batch(good(id))).post("/v1/venues/1/positions").then().statusCode(200).body("accepted", contains(id))
        .body("duplicates", empty()).body("rejected", empty());
    var fill = database.inTransaction(sql -> sql.row("SELECT * FROM fill WHERE client_id = $1", id)).orElseThrow();
    assertThat(fill.getBigDecimal("quantity")).isEqualByComparingTo("-0.25");
    assertThat(fill.getBigDecimal("price")).isEqualByComparingTo("110000.5");
    assertThat(fill.getBigDecimal("fee")).isEqualByComparingTo("0.5");
    assertThat(fill.getLong("idx")).isEqualTo(chain.contracts().vault().record(account).index());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      account    | account    | 0x12
      account    | account    | 0x000000000000000000000000000000000000dEaD
      account    | account    | ''
      instrument | instrument | BTC
      instrument | instrument | DOGE-PERP
      instrument | instrument | BTC-20251301
      instrument | instrument | BTC-20201225
      instrument | instrument | btc-perp
      quantity   | quantity   | 0
      quantity   | quantity   | NaN
      quantity   | quantity   | Infinity
      quantity   | quantity   | 1e3
      quantity   | quantity   | 1000000000000000000000
      quantity   | quantity   | 0.0000000000000000001
      quantity   | quantity   | ''
      quantity   | quantity   | ' 1'
      quantity   | quantity   | +1
      quantity   | quantity   | 0x10
      price      | price      | 0
      price      | price      | -1
      price      | price      | -0
      price      | price      | NaN
      price      | price      | 99999999999
      fee        | fee        | 99999999999
      fee        | fee        | none
      time       | time       | 2999-01-01T00:00:00Z
      time       | time       | 1999-01-01T00:00:00Z
      time       | time       | yesterday
      id         | id         | ''
      id         | id         | a b
      """)
  void badFieldIsNamedAndNothingIsStored(String field, String named, String value) {
    String row = good(id).replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": \"" + value + "\"");
    desk.body(batch(row)).post("/v1/venues/1/positions").then().statusCode(422).contentType(Problem.MEDIA_TYPE)
        .body("field", equalTo(named)).body("rejected[0].field", equalTo(named)).body("rejected[0].row", equalTo(0));
    assertThat(stored()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"id", "account", "instrument", "quantity", "price", "time"})
  void missingFieldIsNamed(String field) {
    String row = good(id).replaceFirst("\"" + field + "\": \"[^\"]*\",? ?", "").replace(", }", "}");
    desk.body(batch(row)).post("/v1/venues/1/positions").then().statusCode(422).body("rejected[0].field", equalTo(field));
    assertThat(stored()).isZero();
  }

  @Test
  void unknownFieldAndWrongKindAreNamed() {
    desk.body(batch(good(id).replace("\"fee\"", "\"fees\""))).post("/v1/venues/1/positions").then().statusCode(422)
        .body("rejected[0].field", equalTo("fees"));
    desk.body(batch("7", good(id).replace("\"" + account.hex() + "\"", "{}"))).post("/v1/venues/1/positions").then().statusCode(422)
        .body("rejected[0].field", equalTo("rows")).body("rejected[1].field", equalTo("account"));
    assertThat(stored()).isZero();
  }

  @Test
  void unpledgedAccountIsRefused() {
    Address unpledged = chain.open(chain.newOwner().address(), 0);
    chain.catchUp();
    desk.body(batch(row(id, unpledged.hex(), "BTC-PERP", "1", "1"))).post("/v1/venues/1/positions").then().statusCode(422)
        .body("field", equalTo("account")).body("detail", containsString("not pledged"));
    assertThat(stored()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"CLOSING_OUT", "LOSS_FIXED"})
  void accountInDefaultIsRefused(String status) {
    database.inTransaction(sql -> sql.update("UPDATE account SET status = $2 WHERE address = $1", account.hex(), status));
    desk.body(batch(good(id))).post("/v1/venues/1/positions").then().statusCode(422).body("field", equalTo("account"))
        .body("detail", containsString("in default"));
    assertThat(stored()).isZero();
  }

  @Test
  void batchKeepsItsGoodRowsAndListsTheBadOnes() {
    desk.body(batch(good(id + "-0"), row(id + "-1", account.hex(), "BTC-PERP", "0", "1"), good(id + "-2"), "null"))
        .post("/v1/venues/1/positions").then().statusCode(200)
        .body("accepted", contains(id + "-0", id + "-2"))
        .body("rejected.row", contains(1, 3)).body("rejected[0].id", equalTo(id + "-1")).body("rejected[0].field", equalTo("quantity"));
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void retryAppliesOnceAndSaysSo() {
    desk.body(batch(good(id))).post("/v1/venues/1/positions").then().statusCode(200).body("accepted", contains(id));
    desk.body(batch(good(id).replace("110000.5", "110000.500"))).post("/v1/venues/1/positions").then().statusCode(200)
        .body("accepted", empty()).body("duplicates", contains(id));
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void usedIdWithOtherContentIsRefused() {
    desk.body(batch(good(id))).post("/v1/venues/1/positions").then().statusCode(200);
    desk.body(batch(row(id, account.hex(), "BTC-PERP", "-0.26", "110000.5"))).post("/v1/venues/1/positions").then().statusCode(422)
        .body("field", equalTo("id"));
    desk.body(batch(good(id + "x"), row(id + "x", account.hex(), "ETH-PERP", "1", "1"))).post("/v1/venues/1/positions")
        .then().statusCode(200)
        .body("accepted", contains(id + "x")).body("rejected[0].field", equalTo("id"));
    assertThat(stored()).isEqualTo(2);
  }

  @Test
  void retryOfARowWhoseAccountHasDefaultedSinceIsStillADuplicate() {
    desk.body(batch(good(id))).post("/v1/venues/1/positions").then().statusCode(200);
    database.inTransaction(sql -> sql.update("UPDATE account SET status = 'CLOSING_OUT' WHERE address = $1", account.hex()));
    desk.body(batch(good(id))).post("/v1/venues/1/positions").then().statusCode(200).body("duplicates", contains(id));
  }

  @Test
  void concurrentRetriesApplyOnce() throws Exception {
    String[] rows = new String[40];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = good(id + "-" + i);
    }
    String body = batch(rows);
    String key = keys.admin().body("{\"id\": \"many\", \"venue\": 1, \"role\": \"trading\", \"name\": \"many\"}").post("/v1/keys")
        .then().extract().path("secret");
    List<Callable<Integer>> sends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sends.add(() -> Keys.with(key).body(body).post("/v1/venues/1/positions")
          .then().statusCode(200).extract().<List<String>>path("accepted").size());
    }
    int accepted = 0;
    try (var senders = Executors.newFixedThreadPool(8)) {
      for (var sent : senders.invokeAll(sends)) {
        accepted += sent.get();
      }
    }
    assertThat(accepted).isEqualTo(rows.length);
    assertThat(stored()).isEqualTo(rows.length);
  }

  @Test
  void malformedJsonIsToldByLineAndColumn() {
    desk.body("{\"rows\": [\n  {\"id\": nope}]}").post("/v1/venues/1/positions").then().statusCode(400).contentType(Problem.MEDIA_TYPE)
        .body("type", containsString("malformed-json")).body("line", equalTo(2)).body("column", greaterThan(1));
    desk.body("{\"rows\": []} trailing").post("/v1/venues/1/positions").then().statusCode(400);
    desk.body("[]").post("/v1/venues/1/positions").then().statusCode(400);
    desk.body("{\"rows\": [], \"rows\": []}").post("/v1/venues/1/positions").then().statusCode(400);
    desk.body(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}).post("/v1/venues/1/positions").then().statusCode(400);
    desk.body("").post("/v1/venues/1/positions").then().statusCode(400);
    desk.body("{\"rows\": []}").post("/v1/venues/1/positions").then().statusCode(400).body("field", equalTo("rows"));
    desk.body("{\"rows\": {}}").post("/v1/venues/1/positions").then().statusCode(400).body("field", equalTo("rows"));
    desk.body("{\"row\": []}").post("/v1/venues/1/positions").then().statusCode(400).body("field", equalTo("row"));
    desk.body("[".repeat(5000)).post("/v1/venues/1/positions").then().statusCode(400);
    assertThat(stored()).isZero();
  }

  @Test
  void tooManyRowsAreRefused() {
    desk.body("{\"rows\": [" + "0,".repeat(5000) + "0]}").post("/v1/venues/1/positions")
        .then().statusCode(400).body("field", equalTo("rows"));
  }

  @Test
  void unknownVenueIsRefused() {
    keys.admin().body(batch(good(id))).post("/v1/venues/77/positions").then().statusCode(404).contentType(Problem.MEDIA_TYPE);
    assertThat(stored()).isZero();
  }
}
