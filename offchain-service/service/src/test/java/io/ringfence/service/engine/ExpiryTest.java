package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.margin.Expiring;
import io.ringfence.reserves.Leaf;
import io.ringfence.service.access.Role;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Books;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.venue.Alarms;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options and futures past their expiry: they stand, visibly stale, until the venue gives their price, and are settled by it once. */
@ServiceTest
@TestProfile(EngineProfile.CloseOuts.class)
class ExpiryTest {

  private static final long DAY = 86_400;

  @Inject TestChain chain;
  @Inject VenueDriver venue;
  @Inject Keys keys;
  @Inject Engine engine;
  @Inject EpochStore epochs;
  @Inject Alarms alarms;
  @Inject Books books;
  @Inject Database database;

  private String id;

  @BeforeEach
  void setUp() {
    venue.prices(60_000, 3_000);
    id = UUID.randomUUID().toString();
  }

  @Test
  void expiredPositionsStandUntilTheirPriceIsGivenAndAreSettledOnce() {
    VenueDriver.Client house = venue.house(1_000_000);
    VenueDriver.Client buyer = venue.client(50_000, 0);
    VenueDriver.Client writer = venue.client(50_000, 0);
    long traded = chain.head().timestamp();
    LocalDate date = Instant.ofEpochSecond(traded + DAY).atOffset(ZoneOffset.UTC).toLocalDate();
    Instant expiry = date.atTime(Expiring.EXPIRY_TIME).toInstant(ZoneOffset.UTC);
    String future = "BTC-" + date.format(DateTimeFormatter.BASIC_ISO_DATE);
    String call = future + "-60000-C";
    venue.quote(future, "mark", 60_500);
    venue.quote(call, "mark", 2_000);
    venue.trade(buyer, writer, call, 1_000, 2_000);
    venue.trade(buyer, house, future, 500, 60_000);
    Root before = round();
    assertThat(net(before, buyer)).isEqualTo(VenueDriver.usdc(-1_750));

    venue.pass(expiry.getEpochSecond() - chain.head().timestamp() + 60);
    venue.prices(62_000, 3_000);
    long newest = epochs.newestPosted();
    engine.round();
    chain.catchUp();
    String alarm = "expiry BTC " + expiry;
    assertThat(alarms.active()).containsOnlyKeys(alarm, "stale margins");
    assertThat(alarms.active().get(alarm).detail()).contains("3 accounts", "stale", "/v1/venues/1/expiries");
    Root stale = epochs.newestRoot().orElseThrow();
    assertThat(stale.header().epoch()).as("the others' roots do not wait").isEqualTo(newest + 1);
    String unsettled = "stale.findAll { it.what == 'settlement' }.instrument";
    assertThat(net(stale, buyer)).isEqualTo(net(before, buyer));
    assertThat(net(stale, writer)).isEqualTo(VenueDriver.usdc(2_000));
    assertThat(stale.leaf(writer.account()).orElseThrow().initialMargin()).isPositive();
    account(buyer).body(unsettled, containsInAnyOrder(future, call));
    account(writer).body(unsettled, containsInAnyOrder(call));
    venue.askConsent(buyer, new Bytes32("0x" + "77".repeat(32)), BigInteger.ONE).statusCode(409).body("detail", containsString("settlement of " + call));

    give(id, "BTC", expiry, "63000").statusCode(200).body("id", equalTo(id)).body("price", equalTo("63000"));
    give(id, "BTC", expiry, "63000.0").statusCode(200).body("id", equalTo(id));
    give(id + "-other", "BTC", expiry, "63000").statusCode(200).body("id", equalTo(id));
    give(id + "-other", "BTC", expiry, "63001").statusCode(409).contentType(Problem.MEDIA_TYPE).body("field", equalTo("price"));
    give(id, "BTC", expiry.minusSeconds(DAY), "63000").statusCode(409).body("field", equalTo("id"));
    Root settled = round();
    assertThat(net(settled, buyer)).isEqualTo(VenueDriver.usdc(-2_000 + 3_000 + 1_500));
    assertThat(net(settled, writer)).isEqualTo(VenueDriver.usdc(2_000 - 3_000));
    assertThat(total(settled)).as("what one side gains the other loses").isEqualTo(total(stale));
    assertThat(settled.leaf(writer.account()).orElseThrow().initialMargin()).isZero();
    account(buyer).body("stale", nullValue()).body("positions.size()", equalTo(0));
    assertThat(booked(future)).isEqualTo(4);
    assertThat(moved(future)).isEqualByComparingTo(BigDecimal.ZERO);

    assertThat(net(round(), buyer)).isEqualTo(net(settled, buyer));
    assertThat(booked(future)).isEqualTo(4);

    venue.trade(buyer, writer, call, 100, 2_500, traded);
    Root late = round();
    assertThat(net(late, buyer)).isEqualTo(net(settled, buyer).add(VenueDriver.usdc(300 - 250)));
    assertThat(booked(future)).as("a trade that was reported late").isEqualTo(6);
    assertThat(total(late)).isEqualTo(total(settled));
    String given = "find { it.id == '" + id + "' }.";
    venue.read("expiries").statusCode(200).body(given + "expiry", equalTo(expiry.toString())).body(given + "booked", equalTo(6));
    books.assertLedgerEqualsChain();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      underlying | "DOGE"
      underlying | "btc"
      underlying | null
      expiry     | "2999-01-01T08:00:00Z"
      expiry     | "2025-01-03T07:59:59Z"
      expiry     | "2025-01-03"
      expiry     | "soon"
      expiry     | "1999-01-01T08:00:00Z"
      price      | "0"
      price      | "-1"
      price      | "NaN"
      price      | "99999999999"
      price      | "0.0000000000000000001"
      price      | []
      id         | "a b"
      id         | null
      """)
  void badFieldIsNamedAndNothingIsStored(String field, String value) {
    String body = "{\"id\": \"%s\", \"underlying\": \"BTC\", \"expiry\": \"2025-01-03T08:00:00Z\", \"price\": \"1\"}".formatted(id)
        .replaceFirst("\"" + field + "\": \"[^\"]*\"", "\"" + field + "\": " + value);
    keys.as(Role.OPERATOR, 1).body(body).post("/v1/venues/1/expiries").then().statusCode(400).contentType(Problem.MEDIA_TYPE)
        .body("field", equalTo(field));
    assertThat(given("2025-01-03T08:00:00Z")).isZero();
  }

  @Test
  void onlyAnOperatorGivesAPrice() {
    Instant expiry = Instant.parse("2025-01-10T08:00:00Z");
    Map<String, Object> body = Map.of("id", id, "underlying", "BTC", "expiry", expiry.toString(), "price", "1");
    for (Role role : new Role[] {Role.TRADING, Role.MARKET_DATA, Role.READER}) {
      keys.as(role, 1).body(body).post("/v1/venues/1/expiries").then().statusCode(403).contentType(Problem.MEDIA_TYPE);
    }
    keys.as(Role.OPERATOR, 2).body(body).post("/v1/venues/1/expiries").then().statusCode(403);
    keys.admin().body(body).post("/v1/venues/77/expiries").then().statusCode(404);
    assertThat(given(expiry.toString())).isZero();
  }

  private ValidatableResponse give(String requestId, String underlying, Instant expiry, String price) {
    return keys.as(Role.OPERATOR, 1)
        .body(Map.of("id", requestId, "underlying", underlying, "expiry", expiry.toString(), "price", price))
        .post("/v1/venues/1/expiries").then();
  }

  private ValidatableResponse account(VenueDriver.Client client) {
    return venue.read("accounts/" + client.account()).statusCode(200);
  }

  private static BigInteger net(Root root, VenueDriver.Client client) {
    return root.leaf(client.account()).orElseThrow().net();
  }

  private static BigInteger total(Root root) {
    return root.leaves().stream().map(Leaf::net).reduce(BigInteger.ZERO, BigInteger::add);
  }

  private long booked(String tenor) {
    return database.inTransaction(sql -> sql.one(
        "SELECT count(*) AS n FROM fill WHERE kind = 'expiry' AND instrument LIKE $1", tenor + "%")).getLong("n");
  }

  private BigDecimal moved(String tenor) {
    return database.inTransaction(sql -> sql.one(
        "SELECT sum(quantity * price) AS n FROM fill WHERE kind = 'expiry' AND instrument LIKE $1", tenor + "%")).getBigDecimal("n");
  }

  private long given(String expiry) {
    return database.inTransaction(sql -> sql.one(
        "SELECT count(*) AS n FROM settlement_price WHERE expiry = $1", Instant.parse(expiry).atOffset(ZoneOffset.UTC))).getLong("n");
  }

  private Root round() {
    long before = epochs.newestPosted();
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).isEmpty();
    assertThat(epochs.newestPosted()).isEqualTo(before + 1).isEqualTo(chain.contracts().log().newest(VenueDriver.VENUE));
    return epochs.newestRoot().orElseThrow();
  }
}
