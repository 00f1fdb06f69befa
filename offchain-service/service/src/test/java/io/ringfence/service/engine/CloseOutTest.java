package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Books;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.venue.Alarms;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls and defaults that nobody helps along: no take, no report, no round in time. The service's rounds bring each to its end. */
@ServiceTest
@TestProfile(EngineProfile.CloseOuts.class)
class CloseOutTest {

  private static final long CURE_WINDOW = 3_600;
  private static final long CALL_TTL = 86_400;
  private static final long CLOSE_OUT_DEADLINE = 86_400;
  private static final long AUCTION_RUN = 1_800;
  private static final int MOST_RESETS = 3;
  private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(18);

  private static VenueDriver.Client house;

  @Inject TestChain chain;
  @Inject VenueDriver venue;
  @Inject Engine engine;
  @Inject EpochStore epochs;
  @Inject Alarms alarms;
  @Inject Books books;
  @Inject Database database;

  @BeforeEach
  void openHouse() {
    if (house == null) {
      house = venue.house(5_000_000);
      venue.fund(50_000, 50_000);
    }
    venue.prices(60_000, 3_000);
  }

  @Test
  void callThatNobodyActedOnLapsesAndTheAccountIsCalledAgain() {
    VenueDriver.Client client = venue.client(10_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    round();
    venue.prices(52_000, 3_000);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CALLED);
    pass(CURE_WINDOW + CALL_TTL + 60, 52_000, 3_000);
    round();
    assertThat(calls(client).getList("state").getLast()).isEqualTo("lapsed");
    assertThat(status(client)).isIn(AccountStatus.ACTIVE, AccountStatus.CALLED);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CALLED);
    assertThat(calls(client).<String>getList("state")).containsExactly("open", "lapsed");
    long again = calls(client).getLong("[0].deadline");
    assertThat(again).isGreaterThan(chain.head().timestamp());
    assertThat(chain.contracts().defaults().caseOf(client.account()).time()).isEqualTo(again);

    chain.mint("USDC", client.account(), VenueDriver.usdc(20_000));
    chain.catchUp();
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.ACTIVE);
    venue.trade(house, client, "BTC-PERP", 1_000, 52_000);
    ledgerEqualsChain();
  }

  @Test
  void defaultIsNotDeclaredOnAnOldPrice() {
    VenueDriver.Client client = venue.client(10_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    round();
    venue.prices(52_000, 3_000);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CALLED);
    venue.feedsOnly(52_000, 3_000, CURE_WINDOW + 60);
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).containsOnlyKeys("stale margins");
    assertThat(alarms.active().get("stale margins").detail()).contains("mark of BTC-PERP");
    assertThat(status(client)).isEqualTo(AccountStatus.CALLED);
    venue.prices(52_000, 3_000);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CLOSING_OUT);
    round();
    pass(CURE_WINDOW + 60, 52_000, 3_000);
    roundsUntilReleased(client);
    ledgerEqualsChain();
  }

  @Test
  void lotThatNobodyTakesIsResetAndThenSoldToTheFundAtItsFloor() {
    VenueDriver.Client client = venue.client(1_000, 1_700);
    venue.trade(client, house, "BTC-PERP", 300, 60_000);
    round();
    venue.prices(45_000, 2_500);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CALLED);
    pass(CURE_WINDOW + 60, 45_000, 2_500);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CLOSING_OUT);
    round();
    BigInteger startPrice = new BigInteger(lot(client).getString("startPrice"));
    for (int resets = 1; resets <= MOST_RESETS; resets++) {
      pass(AUCTION_RUN + 60, 45_000, 2_500 - resets * 100L);
      round();
      assertThat(lot(client).getInt("resets")).isEqualTo(resets);
      assertThat(lot(client).getString("state")).isEqualTo("live");
      BigInteger restarted = new BigInteger(lot(client).getString("startPrice"));
      assertThat(restarted).isLessThan(startPrice);
      startPrice = restarted;
    }
    BigInteger floor = new BigInteger(lot(client).getString("floorPrice"));
    assertThat(floor).isEqualTo(BigInteger.valueOf(2_200L * 8 / 10).multiply(BigInteger.TEN.pow(6)));
    Address fund = chain.deployment().venue(VenueDriver.VENUE).orElseThrow().fund();
    BigInteger venueTranche = chain.contracts().fund(fund).venueTranche();
    Address venueKey = chain.role("venue").address();
    assertThat(held(venueKey)).isZero();

    pass(AUCTION_RUN + 60, 45_000, 2_200);
    round();
    BigInteger all = BigInteger.valueOf(17).multiply(BigInteger.TEN.pow(17));
    BigInteger payment = all.multiply(floor).divide(PRICE_UNIT);
    assertThat(lot(client).getString("state")).isEqualTo("closed");
    assertThat(lot(client).<Object>getList("takes")).hasSize(1);
    assertThat(lot(client).<Object>get("takes[0].taker")).isNull();
    assertThat(lot(client).getString("takes[0].amount")).isEqualTo(all.toString());
    assertThat(lot(client).getString("takes[0].payment")).isEqualTo(payment.toString());
    assertThat(held(venueKey)).isEqualTo(all);
    assertThat(weth(client.account())).isZero();

    roundsUntilReleased(client);
    JsonPath loss = loss(client);
    assertThat(loss.getString("loss")).isEqualTo(VenueDriver.usdc(4_500).toString());
    BigInteger reward = new BigInteger(loss.getString("reward"));
    assertThat(loss.getString("fromAccount")).isEqualTo(VenueDriver.usdc(1_000).add(payment).subtract(reward).toString());
    assertThat(loss.getString("shortfall")).isEqualTo("0");
    assertThat(chain.contracts().fund(fund).venueTranche())
        .isEqualTo(venueTranche.subtract(payment).subtract(new BigInteger(loss.getString("fromVenue"))));
    round();
    ledgerEqualsChain();
  }

  @Test
  void whatTheFundCannotBuyPassesToThePoolInKind() {
    VenueDriver.Client client = venue.client(1_000, 100_000);
    venue.trade(client, house, "BTC-PERP", 14_000, 60_000);
    round();
    venue.prices(45_000, 2_500);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CALLED);
    pass(CURE_WINDOW + 60, 45_000, 2_500);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CLOSING_OUT);
    round();
    for (int resets = 1; resets <= MOST_RESETS; resets++) {
      pass(AUCTION_RUN + 60, 45_000, 2_500);
      round();
      assertThat(lot(client).getInt("resets")).isEqualTo(resets);
    }
    BigInteger floor = new BigInteger(lot(client).getString("floorPrice"));
    pass(AUCTION_RUN + 60, 45_000, 2_500);
    round();
    Address fund = chain.deployment().venue(VenueDriver.VENUE).orElseThrow().fund();
    assertThat(chain.contracts().fund(fund).venueTranche().multiply(PRICE_UNIT)).isLessThan(floor);
    BigInteger left = weth(client.account());
    assertThat(left).isPositive();
    assertThat(status(client)).isEqualTo(AccountStatus.LOSS_FIXED);

    roundsUntilReleased(client);
    var held = chain.contracts().pool().inKind(VenueDriver.VENUE, chain.token("WETH"));
    assertThat(held.amount()).isEqualTo(left);
    assertThat(held.value()).isEqualTo(left.multiply(floor).divide(PRICE_UNIT));
    assertThat(lot(client).getString("state")).isEqualTo("closed");
    assertThat(lot(client).getString("unsold")).isEqualTo("0");
    assertThat(new BigInteger(loss(client).getString("fromAccount"))).isGreaterThan(held.value());
    round();
    ledgerEqualsChain();

    Address buyer = TestChain.DEPLOYER;
    chain.mint("USDC", buyer, held.value());
    chain.send(buyer, chain.calls().approve(chain.token("USDC"), chain.deployment().vault(), held.value()));
    chain.send(buyer, chain.calls().buyInKind(VenueDriver.VENUE, chain.token("WETH"), left, held.value(), buyer));
    round();
    ledgerEqualsChain();
    venue.fund(50_000, 50_000);
  }

  /**
   * A house that is in a call itself takes nothing over, so the close-out cannot be reported. The chain fixes what the roots proved; the
   * venue's book follows, and roots go on whatever the price does then.
   */
  @Test
  void lossWithoutAReportIsWhatTheRootsProvedAndTheBookFollows() {
    VenueDriver.Client client = venue.client(7_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    round();
    venue.prices(50_000, 3_000);
    round();
    houseIs("CALLED");
    pass(CURE_WINDOW + 60, 49_000, 3_000);
    engine.round();
    chain.catchUp();
    assertThat(status(client)).isEqualTo(AccountStatus.CLOSING_OUT);
    pass(60, 48_000, 3_000);
    engine.round();
    chain.catchUp();
    String alarm = "close-out of " + client.account();
    assertThat(alarms.active()).containsOnlyKeys(alarm);
    assertThat(alarms.active().get(alarm).detail()).contains("house account").contains("not active");
    assertThat(loss(client).getString("state")).isEqualTo("closing-out");

    pass(CLOSE_OUT_DEADLINE + 60, 48_000, 3_000);
    engine.round();
    chain.catchUp();
    assertThat(loss(client).getString("state")).isEqualTo("loss-fixed");
    assertThat(loss(client).getString("loss")).isEqualTo(VenueDriver.usdc(11_000).toString());
    assertThat(loss(client).<Object>get("evidence")).isNull();
    houseIs("ACTIVE");
    roundsUntilReleased(client);
    assertThat(loss(client).getString("finalNet")).isEqualTo(VenueDriver.usdc(-11_000).toString());

    venue.prices(40_000, 3_000);
    Root after = round();
    assertThat(after.leaf(client.account())).isEmpty();
    BigInteger before = after.leaf(house.account()).orElseThrow().net();
    venue.prices(70_000, 3_000);
    assertThat(round().leaf(house.account()).orElseThrow().net()).as("the house holds no side of a trade that has ended").isEqualTo(before);
    ledgerEqualsChain();
  }

  private void houseIs(String status) {
    int changed = database.inTransaction(sql -> sql.update("UPDATE account SET status = $2 WHERE address = $1", house.account().hex(),
        status));
    assertThat(changed).isEqualTo(1);
  }

  private void roundsUntilReleased(VenueDriver.Client client) {
    for (int rounds = 0; rounds < 6 && status(client) != AccountStatus.UNPLEDGED; rounds++) {
      round();
    }
    assertThat(status(client)).isEqualTo(AccountStatus.UNPLEDGED);
    assertThat(loss(client).getString("state")).isEqualTo("resolved");
  }

  /** Lets chain time pass, and quotes prices anew. */
  private void pass(long seconds, long btc, long eth) {
    venue.pass(seconds);
    venue.prices(btc, eth);
  }

  private Root round() {
    long before = epochs.newestPosted();
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).isEmpty();
    assertThat(epochs.newestPosted()).isEqualTo(before + 1).isEqualTo(chain.contracts().log().newest(VenueDriver.VENUE));
    return epochs.newestRoot().orElseThrow();
  }

  private AccountStatus status(VenueDriver.Client client) {
    return chain.contracts().at(BlockTag.LATEST).vault().record(client.account()).status();
  }

  private JsonPath calls(VenueDriver.Client client) {
    return of(venue.read("calls").statusCode(200).extract().asString(), client, "findAll");
  }

  private JsonPath lot(VenueDriver.Client client) {
    return of(venue.read("auctions").statusCode(200).extract().asString(), client, "find");
  }

  private JsonPath loss(VenueDriver.Client client) {
    return of(venue.read("defaults").statusCode(200).extract().asString(), client, "find");
  }

  private static JsonPath of(String rows, VenueDriver.Client client, String search) {
    return new JsonPath(rows).setRootPath(search + " { it.account == '" + client.account() + "' }");
  }

  private BigInteger weth(Address holder) {
    return chain.contracts().token(chain.token("WETH")).balanceOf(holder);
  }

  /** What the vault holds for somebody to collect. */
  private BigInteger held(Address beneficiary) {
    return chain.contracts().defaults().rewards(beneficiary, chain.token("WETH"));
  }

  private void ledgerEqualsChain() {
    chain.catchUp();
    books.assertLedgerEqualsChain();
  }
}
