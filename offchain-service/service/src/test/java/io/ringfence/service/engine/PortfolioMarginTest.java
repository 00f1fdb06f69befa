package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.reserves.Keccak;
import io.ringfence.service.access.Role;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.venue.Alarms;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A venue whose roots carry portfolio margins. A perpetual alone requires 27.5% of its notional: 18% down, contingencies, buffer. */
@QuarkusTest
@ServiceTest
@TestProfile(EngineProfile.Portfolio.class)
class PortfolioMarginTest {

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

  private Root round() {
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).isEmpty();
    return epochs.newestRoot().orElseThrow();
  }

  private JsonPath margin(VenueDriver.Client client) {
    return venue.read("accounts/" + client.account() + "/margin").statusCode(200).extract().jsonPath();
  }

  private BigInteger initialMargin(Root root, VenueDriver.Client client) {
    return root.leaf(client.account()).orElseThrow().initialMargin();
  }

  @Test
  void rootCarriesPortfolioMarginsThatAttestorsAndChainAccept() {
    VenueDriver.Client client = venue.client(20_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    Root root = round();
    BigInteger required = initialMargin(root, client);
    assertThat(required).as("rounded up").isBetween(VenueDriver.usdc(16_500), VenueDriver.usdc(16_500).add(BigInteger.ONE));
    assertThat(margin(client).getString("margin.initialMargin")).isEqualTo(required.toString());
    assertThat(margin(client).getDouble("breakdown.portfolio.BTC.worst.profit")).isEqualTo(-10_800);
    venue.read("epochs/latest").body("parameters.modelHash", equalTo(Keccak.of(PortfolioGrids.standard().canonicalBytes()).hex()));
    assertThat(venue.read("margins/parameters").statusCode(200).contentType("application/json").extract().asByteArray())
        .isEqualTo(PortfolioGrids.standard().canonicalBytes());
    assertThat(chain.contracts().vault().record(client.account()).status()).isEqualTo(AccountStatus.ACTIVE);

    venue.prices(56_000, 3_000);
    round();
    assertThat(chain.contracts().vault().record(client.account()).status()).isEqualTo(AccountStatus.ACTIVE);
    venue.prices(54_000, 3_000);
    round();
    assertThat(chain.contracts().vault().record(client.account()).status()).isEqualTo(AccountStatus.CALLED);
    venue.trade(house, client, "BTC-PERP", 1_000, 54_000);
    round();
  }

  /** 10 ETH of collateral against 10 ETH sold: what leaves was a hedge, so less may leave than its value says. */
  @Test
  void hedgeCannotBeWithdrawnAsIfItWereNone() {
    VenueDriver.Client client = venue.client(0, 10_000);
    venue.trade(house, client, "ETH-PERP", 10_000, 3_000);
    round();
    BigInteger free = new BigInteger(margin(client).getString("margin.freeCollateral"));
    assertThat(free).isPositive();
    String weth = chain.token("WETH").hex();
    BigInteger eight = BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(8));
    JsonPath then = keys.as(Role.READER, VenueDriver.VENUE)
        .body(Map.of("collateral", List.of(Map.of("token", weth, "amount", eight.negate().toString()))))
        .post("/v1/venues/1/accounts/" + client.account() + "/what-if").then().statusCode(200).extract().jsonPath();
    BigInteger lost = new BigInteger(then.getString("before.initialExcess")).subtract(new BigInteger(then.getString("after.initialExcess")));
    BigInteger valueLost = new BigInteger(then.getString("before.value")).subtract(new BigInteger(then.getString("after.value")));
    assertThat(lost).isGreaterThan(valueLost);
    assertThat(then.getBoolean("passes")).isFalse();
    venue.askConsentFor(client, new Bytes32("0x" + "6b".repeat(32)), chain.token("WETH"), eight).statusCode(409);
    venue.trade(client, house, "ETH-PERP", 10_000, 3_000);
    Root flat = round();
    assertThat(initialMargin(flat, client)).isZero();
    venue.askConsentFor(client, new Bytes32("0x" + "6c".repeat(32)), chain.token("WETH"), eight).statusCode(200);
  }

  @Test
  void accountWithoutAMarginIsListedWithTheReasonAndKeepsNobodyFromTheirs() {
    VenueDriver.Client client = venue.client(50_000, 0);
    VenueDriver.Client other = venue.client(50_000, 0);
    String option = "BTC-20991225-90000-C";
    venue.trade(other, house, "BTC-PERP", 1_000, 60_000);
    venue.trade(client, house, option, 1_000, 1_000);
    String of = "accounts.find { it.account == '%s' }.";
    venue.read("margins").statusCode(200)
        .body(of.formatted(client.account()) + "problem", containsString("volatility of " + option))
        .body(of.formatted(client.account()) + "stale.instrument", hasItem(option))
        .body(of.formatted(other.account()) + "margin.initialExcess", notNullValue())
        .body("unmargined", equalTo(2));
    venue.read("accounts/" + client.account() + "/margin").statusCode(409).body("detail", containsString(option));
    venue.trade(house, client, option, 1_000, 1_000);
    venue.trade(house, other, "BTC-PERP", 1_000, 60_000);
    venue.read("margins").statusCode(200).body("unmargined", equalTo(0));
  }
}
