package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.service.access.Role;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.venue.Alarms;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Margins between roots, by standard margin: perpetuals require 12.5% initially and 5% for maintenance up to a million. */
@QuarkusTest
@ServiceTest
@TestProfile(EngineProfile.class)
class MarginTest {

  private static final String MARGIN = "/margin";

  @Inject TestChain chain;
  @Inject Keys keys;
  @Inject VenueDriver venue;
  @Inject Engine engine;
  @Inject EpochStore epochs;
  @Inject Alarms alarms;

  private VenueDriver.Client house;

  @BeforeEach
  void setUp() {
    venue.prices(60_000, 3_000);
    house = venue.house(5_000_000);
  }

  private JsonPath margin(VenueDriver.Client client, String query) {
    return venue.read("accounts/" + client.account() + MARGIN + query).statusCode(200).extract().jsonPath();
  }

  private ValidatableResponse whatIf(VenueDriver.Client client, Object body) {
    return keys.as(Role.READER, VenueDriver.VENUE).body(body)
        .post("/v1/venues/1/accounts/" + client.account() + "/what-if").then();
  }

  private void close(VenueDriver.Client client, String instrument, long milli, long price) {
    venue.trade(house, client, instrument, milli, price);
  }

  private static String usdc(long whole) {
    return VenueDriver.usdc(whole).toString();
  }

  @Test
  void figuresFollowPricesBetweenRoots() {
    VenueDriver.Client client = venue.client(20_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    JsonPath before = margin(client, "");
    assertThat(before.getString("margin.initialMargin")).isEqualTo(usdc(7_500));
    assertThat(before.getString("margin.maintenanceMargin")).isEqualTo(usdc(3_000));
    assertThat(before.getString("margin.initialExcess")).isEqualTo(usdc(12_500));
    assertThat(before.getString("margin.freeCollateral")).isEqualTo(usdc(12_500));
    assertThat(before.getString("breakdown.standard.linear[0].instrument")).isEqualTo("BTC-PERP");
    assertThat(before.getString("breakdown.standard.linear[0].notional")).isEqualTo("60000");

    venue.prices(56_000, 3_000);
    JsonPath after = margin(client, "");
    assertThat(after.getString("margin.due")).isEqualTo(usdc(-4_000));
    assertThat(after.getString("margin.initialExcess")).isEqualTo(usdc(20_000 - 4_000 - 7_000));
    venue.prices(64_000, 3_000);
    assertThat(margin(client, "").getString("margin.freeCollateral")).as("what is owed to it is not there yet").isEqualTo(usdc(12_000));
    close(client, "BTC-PERP", 1_000, 64_000);
  }

  @Test
  void buyingPowerIsTheMostThatPassesAndNoMore() {
    VenueDriver.Client client = venue.client(20_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    JsonPath power = margin(client, "?instrument=BTC-PERP");
    BigDecimal buy = new BigDecimal(power.getString("buyingPower[0].buy"));
    BigDecimal sell = new BigDecimal(power.getString("buyingPower[0].sell"));
    assertThat(buy).isBetween(new BigDecimal("1.66665"), new BigDecimal("1.666667"));
    assertThat(sell).as("what closes the position frees what it required")
        .isBetween(new BigDecimal("3.66665"), new BigDecimal("3.666667"));
    whatIf(client, positions("BTC-PERP", buy.toPlainString())).statusCode(200).body("passes", equalTo(true));
    whatIf(client, positions("BTC-PERP", buy.add(new BigDecimal("0.0001")).toPlainString())).statusCode(200).body("passes", equalTo(false));
    whatIf(client, positions("BTC-PERP", sell.negate().toPlainString())).statusCode(200).body("passes", equalTo(true));
    assertThat(new BigDecimal(power.getString("buyingPower[0].buyNotional")))
        .isEqualByComparingTo(buy.multiply(new BigDecimal("60000000000")).setScale(0, RoundingMode.DOWN));
    close(client, "BTC-PERP", 1_000, 60_000);
  }

  private static Map<String, Object> positions(String instrument, String quantity) {
    return Map.of("positions", List.of(Map.of("instrument", instrument, "quantity", quantity)));
  }

  @Test
  void whatIfComesTrueAndStoresNothing() {
    VenueDriver.Client client = venue.client(20_000, 2_000);
    String token = chain.token("USDC").hex();
    JsonPath then = whatIf(client, Map.of(
        "positions", List.of(
            Map.of("instrument", "BTC-PERP", "quantity", "0.5", "price", "61000"), Map.of("instrument", "ETH-PERP", "quantity", "-2")),
        "collateral", List.of(Map.of("token", token, "amount", "-1000000000")))).statusCode(200).extract().jsonPath();
    assertThat(margin(client, "").getString("margin.initialMargin")).isEqualTo("0");
    venue.trade(client, house, "BTC-PERP", 500, 61_000);
    venue.trade(house, client, "ETH-PERP", 2_000, 3_000);
    JsonPath now = margin(client, "");
    for (String figure : List.of("due", "initialMargin", "maintenanceMargin")) {
      assertThat(now.getString("margin." + figure)).isEqualTo(then.getString("after." + figure));
    }
    assertThat(new BigInteger(now.getString("margin.value")).subtract(new BigInteger(then.getString("after.value"))))
        .isEqualTo(VenueDriver.usdc(1_000));
    assertThat(then.getString("after.due")).isEqualTo(usdc(-500));
    close(client, "BTC-PERP", 500, 60_000);
    venue.trade(client, house, "ETH-PERP", 2_000, 3_000);
  }

  @Test
  void staleMarginIsVisibleAndNothingIsLetGoOnIt() {
    VenueDriver.Client client = venue.client(10_000, 0);
    VenueDriver.Client rich = venue.client(100_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    venue.trade(rich, house, "BTC-PERP", 1_000, 60_000);
    venue.prices(52_000, 3_000);
    venue.feedsOnly(52_000, 3_000, 3_600);
    assertThat(margin(client, "").getList("stale.instrument")).containsExactly("BTC-PERP");
    assertThat(margin(client, "").getList("stale.what")).containsExactly("mark");
    venue.read("margins").body("stale", greaterThanOrEqualTo(1))
        .body("accounts.find { it.account == '" + client.account() + "' }.stale.instrument", hasItem("BTC-PERP"));
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).containsOnlyKeys("stale margins");
    assertThat(alarms.active().get("stale margins").detail()).contains("mark of BTC-PERP");
    assertThat(chain.contracts().vault().record(client.account()).status()).as("a call takes nothing").isEqualTo(AccountStatus.CALLED);
    venue.read("accounts/" + client.account()).body("stale.instrument", hasItem("BTC-PERP"));
    venue.askConsent(rich, new Bytes32("0x" + "5a".repeat(32)), BigInteger.ONE).statusCode(409).body("detail", containsString("stale"));

    venue.prices(52_000, 3_000);
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).isEmpty();
    venue.askConsent(rich, new Bytes32("0x" + "5a".repeat(32)), BigInteger.ONE).statusCode(200);
    venue.read("accounts/" + client.account()).body("stale", nullValue());
    venue.read("margins").body("belowInitial", equalTo(1)).body("accounts[0].account", equalTo(client.account().hex()));
    close(client, "BTC-PERP", 1_000, 52_000);
    close(rich, "BTC-PERP", 1_000, 52_000);
    engine.round();
    chain.catchUp();
  }

  @Test
  void gapInAStreamOfPositionsMakesEveryMarginStaleUntilItIsFilled() {
    VenueDriver.Client client = venue.client(10_000, 0);
    engine.round();
    chain.catchUp();
    venue.positions("trades", 2, client, house, "ETH-PERP", 1_000, 3_000).statusCode(200).body("next", equalTo(1));
    assertThat(margin(client, "").getList("stale.what")).containsExactly("positions");
    assertThat(margin(client, "").getList("stale.instrument")).containsExactly("trades");
    venue.read("margins").body("accounts.find { it.account == '" + house.account() + "' }.stale.what", hasItem("positions"));
    venue.askConsent(client, new Bytes32("0x" + "5b".repeat(32)), BigInteger.ONE).statusCode(409)
        .body("detail", containsString("positions of trades"));
    venue.positions("trades", 1, house, client, "ETH-PERP", 1_000, 3_000).statusCode(200).body("next", equalTo(3));
    assertThat(margin(client, "").getList("stale")).isNull();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      {"positions": [{"instrument": "BTC-PERP", "quantity": "NaN"}]}                          | positions[0].quantity
      {"positions": [{"instrument": "BTC-PERP", "quantity": "1e400000000"}]}                  | positions[0].quantity
      {"positions": [{"instrument": "BTC-PERP"}]}                                             | positions[0].quantity
      {"positions": [{"instrument": "DOGE", "quantity": "1"}]}                                | positions[0].instrument
      {"positions": [{"instrument": "BTC-20991225-1000-C", "quantity": "1"}]}                 | positions[0].price
      {"positions": [{"instrument": "BTC-PERP", "quantity": "1", "side": "buy"}]}             | positions[0].side
      {"positions": "all"}                                                                    | positions
      {"positions": [7]}                                                                      | positions[0]
      {"collateral": [{"token": "0x00000000000000000000000000000000000000aa", "amount": "1"}]} | collateral[0].token
      {"collateral": [{"token": "usdc", "amount": "1"}]}                                      | collateral[0].token
      {"prices": []}                                                                          | prices
      """)
  void badWhatIfIsRefusedByField(String body, String field) {
    whatIf(house, body).statusCode(400).body("field", equalTo(field));
  }

  @Test
  void whatIfCannotTakeMoreThanThereIsOrValueWhatIsNotQuoted() {
    VenueDriver.Client client = venue.client(1_000, 0);
    whatIf(client, Map.of("collateral", List.of(Map.of("token", chain.token("USDC").hex(), "amount", usdc(-1_001))))).statusCode(400)
        .body("field", equalTo("collateral[0].amount"));
    whatIf(client, Map.of("positions", List.of(Map.of("instrument", "BTC-20991225-1000-C", "quantity", "-1", "price", "5"))))
        .statusCode(409).body("detail", containsString("BTC-20991225-1000-C"));
    venue.read("accounts/0x00000000000000000000000000000000000000aa/margin").statusCode(404);
    venue.read("accounts/" + client.account() + "/margin?instrument=BTC-20991225-1000-C").statusCode(400);
    keys.as(Role.READER, 2).get("/v1/venues/1/accounts/" + client.account() + MARGIN).then().statusCode(403);
  }
}
