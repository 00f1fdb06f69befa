package io.ringfence.service.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;
import io.ringfence.service.access.Role;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServiceTest
class PricesTest {
  @Inject TestChain chain;
  @Inject Keys keys;
  @Inject Database database;

  private long now;
  private String id;
  private RequestSpecification source;

  @BeforeEach
  void setUp() {
    chain.catchUp();
    now = chain.head().timestamp();
    id = UUID.randomUUID().toString();
    source = keys.as(Role.MARKET_DATA, 1);
  }

  private String price(String rowId, String instrument, String kind, String price, long time) {
    return "{\"id\": \"%s\", \"instrument\": \"%s\", \"kind\": \"%s\", \"price\": \"%s\", \"time\": \"%s\"}"
        .formatted(rowId, instrument, kind, price, Instant.ofEpochSecond(time));
  }

  private static String batch(String... rows) {
    return "{\"rows\": [" + String.join(",", rows) + "]}";
  }

  private long stored() {
    return database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM price_history WHERE client_id LIKE $1", id + "%"))
        .orElseThrow().getLong("n");
  }

  private String current(String instrument, String kind) {
    return database.inTransaction(sql -> sql.row("SELECT value::text AS v FROM price WHERE venue = 1 AND instrument = $1 AND kind = $2",
        instrument, kind)).orElseThrow().getString("v");
  }

  @Test
  void newestPriceIsCurrentAndAllAreKept() {
    source.body(batch(
        price(id + "a", "BTC-20991231-1000-C", "mark", "10", now - 60),
        price(id + "b", "BTC-20991231-1000-C", "mark", "11", now - 30),
        price(id + "c", "BTC-20991231", "forward", "1000", now))).post("/v1/venues/1/prices").then().statusCode(200);
    assertThat(current("BTC-20991231-1000-C", "mark")).isEqualTo("11");
    source.body(batch(price(id + "d", "BTC-20991231-1000-C", "mark", "9", now - 45))).post("/v1/venues/1/prices").then().statusCode(200);
    assertThat(current("BTC-20991231-1000-C", "mark")).isEqualTo("11");
    assertThat(current("BTC-20991231", "forward")).isEqualTo("1000");
    assertThat(stored()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      price      | 0
      price      | -5
      price      | NaN
      price      | 1000000000000
      price      | ''
      instrument | DOGE
      instrument | BTC-PERP
      kind       | guess
      time       | 2999-01-01T00:00:00Z
      time       | soon
      id         | ''
      """)
  void badFieldIsNamedAndNothingIsStored(String field, String value) {
    String row = price(id, "BTC", "spot", "100", now).replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": \"" + value + "\"");
    source.body(batch(row)).post("/v1/venues/1/prices").then().statusCode(422).contentType(Problem.MEDIA_TYPE)
        .body("field", equalTo(field)).body("rejected[0].field", equalTo(field));
    assertThat(stored()).isZero();
  }

  @Test
  void futureIsByTheChainsClockNotByTheWall() {
    source.body(batch(price(id + "a", "ETH", "spot", "4000", now + 60))).post("/v1/venues/1/prices").then().statusCode(422)
        .body("field", equalTo("time")).body("detail", containsString("future"));
    chain.node().nextBlockTimestamp(now + 120);
    chain.node().mine();
    source.body(batch(price(id + "a", "ETH", "spot", "4000", now + 60))).post("/v1/venues/1/prices").then().statusCode(200)
        .body("accepted", contains(id + "a"));
  }

  @Test
  void idAppliesOnce() {
    String row = price(id, "ETH-PERP", "mark", "4000.10", now);
    source.body(batch(row)).post("/v1/venues/1/prices").then().statusCode(200).body("accepted", contains(id));
    source.body(batch(row.replace("4000.10", "4000.1"))).post("/v1/venues/1/prices")
        .then().statusCode(200).body("duplicates", contains(id));
    source.body(batch(row.replace("4000.10", "4001"))).post("/v1/venues/1/prices").then().statusCode(422).body("field", equalTo("id"));
    assertThat(stored()).isEqualTo(1);
  }

  @Test
  void perpetualHasNoForward() {
    source.body(batch(price(id, "BTC-PERP", "forward", "100", now))).post("/v1/venues/1/prices").then().statusCode(422)
        .body("field", equalTo("instrument"));
  }

  private String confident(String rowId, String kind, String instrument, String price, String confidence) {
    return price(rowId, instrument, kind, price, now).replace("}", ", \"confidence\": " + confidence + "}");
  }

  @Test
  void ratesVolatilitiesAndConfidencesAreKept() {
    source.body(batch(
        confident(id + "r", "rate", "BTC-20981231", "-0.0125", "\"0.50\""),
        confident(id + "v", "volatility", "BTC-20981231-1000-P", "100", "1"),
        price(id + "z", "ETH-20981231", "rate", "0", now))).post("/v1/venues/1/prices").then().statusCode(200).body("rejected", empty());
    assertThat(current("BTC-20981231", "rate")).isEqualTo("-0.0125");
    assertThat(current("BTC-20981231-1000-P", "volatility")).isEqualTo("100");
    assertThat(current("ETH-20981231", "rate")).isEqualTo("0");
    var kept = database.inTransaction(sql -> sql.row("SELECT confidence FROM price WHERE instrument = 'BTC-20981231' AND kind = 'rate'"));
    assertThat(kept.orElseThrow().getBigDecimal("confidence")).isEqualByComparingTo("0.5");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      rate       | BTC-20981231        | 10.000001 | 1     | price
      rate       | BTC-20981231        | -11       | 1     | price
      rate       | BTC-PERP            | 0.01      | 1     | instrument
      rate       | BTC-20981231-1000-C | 0.01      | 1     | instrument
      rate       | BTC                 | 0.01      | 1     | instrument
      volatility | BTC-20981231-1000-C | 0         | 1     | price
      volatility | BTC-20981231-1000-C | -0.5      | 1     | price
      volatility | BTC-20981231-1000-C | 100.1     | 1     | price
      volatility | BTC-20981231        | 0.5       | 1     | instrument
      volatility | DOGE-20981231-1-C   | 0.5       | 1     | instrument
      volatility | BTC-20981231-1000-C | 0.5       | -0.1  | confidence
      volatility | BTC-20981231-1000-C | 0.5       | 1.01  | confidence
      mark       | BTC-PERP            | 100       | null  | confidence
      mark       | BTC-PERP            | 100       | true  | confidence
      """)
  void boundsOfTheirOwnAreNamed(String kind, String instrument, String price, String confidence, String field) {
    source.body(batch(confident(id, kind, instrument, price, confidence))).post("/v1/venues/1/prices").then().statusCode(422)
        .body("field", equalTo(field));
    assertThat(stored()).isZero();
  }

  @Test
  void otherConfidenceIsOtherContent() {
    source.body(batch(confident(id, "mark", "BTC-PERP", "100", "0.9"))).post("/v1/venues/1/prices").then().statusCode(200);
    source.body(batch(confident(id, "mark", "BTC-PERP", "100", "0.90"))).post("/v1/venues/1/prices").then().statusCode(200)
        .body("duplicates", contains(id));
    source.body(batch(price(id, "BTC-PERP", "mark", "100", now))).post("/v1/venues/1/prices").then().statusCode(422)
        .body("field", equalTo("id"));
  }

  @Test
  void ofOneTimeTheLaterPlaceIsCurrentWhateverItsId() {
    source.body(batch(price(id + "b", "BTC-20981231-2000-C", "mark", "1", now), price(id + "a", "BTC-20981231-2000-C", "mark", "2", now)))
        .post("/v1/venues/1/prices").then().statusCode(200);
    assertThat(current("BTC-20981231-2000-C", "mark")).isEqualTo("2");
    source.body(batch(price(id + "0", "BTC-20981231-2000-C", "mark", "3", now))).post("/v1/venues/1/prices").then().statusCode(200);
    assertThat(current("BTC-20981231-2000-C", "mark")).isEqualTo("3");
  }
}
