package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.testing.Books;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.ringfence.service.venue.Alarms;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole path on the real node: pledge, trade, root, consent, crash, call, cure, default, auction, report, resolution, settlement. */
@ServiceTest
@TestProfile(EngineProfile.class)
class EngineTest {

  private static VenueDriver.Client house;

  @Inject TestChain chain;
  @Inject VenueDriver venue;
  @Inject Engine engine;
  @Inject EpochStore epochs;
  @Inject Alarms alarms;
  @Inject Books books;

  @BeforeEach
  void openHouse() {
    if (house == null) {
      house = venue.house(5_000_000);
      venue.fund(1_000, 500_000);
    }
    venue.prices(60_000, 3_000);
  }

  @Test
  void rootIsProvenOnChainAndConsentLeavesTheRequirement() {
    VenueDriver.Client client = venue.client(20_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    Root root = round();
    var proof = root.proof(root.leaf(client.account()).orElseThrow());
    chain.contracts().log().verifyInclusion(proof.header(), proof.leaf(), proof.siblings());
    venue.read("accounts/" + client.account() + "/proof").statusCode(200)
        .body("leaf.account", equalTo(client.account().hex())).body("header.epoch", equalTo((int) root.header().epoch()));

    BigInteger requirement = root.leaf(client.account()).orElseThrow().initialMargin();
    assertThat(requirement).isPositive();
    BigInteger free = VenueDriver.usdc(20_000).subtract(requirement);
    venue.askConsent(client, id(1), free.add(BigInteger.ONE)).statusCode(409).body("required", equalTo(requirement.toString()));
    var granted = venue.askConsent(client, id(2), free).statusCode(200).extract().jsonPath();
    assertThat(venue.askConsent(client, id(2), free).statusCode(200).extract().jsonPath().getString("venueSignature"))
        .isEqualTo(granted.getString("venueSignature"));
    venue.askConsent(client, id(3), BigInteger.ONE).statusCode(409);
    chain.send(client.owner().address(), chain.calls().withdrawWithConsent(client.account(), chain.token("USDC"), free,
        client.owner().address(), granted.getLong("deadline"), new Data(granted.getString("venueSignature"))));
    assertThat(chain.contracts().token(chain.token("USDC")).balanceOf(client.owner().address())).isEqualTo(free);
    venue.trade(house, client, "BTC-PERP", 1_000, 60_000);
    ledgerEqualsChain();
  }

  @Test
  void calledAccountIsCuredByTopUp() {
    VenueDriver.Client client = venue.client(10_000, 0);
    venue.trade(client, house, "BTC-PERP", 1_000, 60_000);
    round();
    venue.prices(57_000, 3_000);
    venue.prices(52_000, 3_000);
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.CALLED);
    chain.mint("USDC", client.account(), VenueDriver.usdc(20_000));
    chain.catchUp();
    round();
    assertThat(status(client)).isEqualTo(AccountStatus.ACTIVE);
    venue.trade(house, client, "BTC-PERP", 1_000, 52_000);
    ledgerEqualsChain();
  }

  @Test
  void shortfallCutsWhatWinnersAreOwed() {
    VenueDriver.Client winner = venue.client(10_000, 0);
    VenueDriver.Client loser = venue.client(7_000, 0);
    venue.trade(loser, winner, "BTC-PERP", 1_000, 60_000);
    round();
    venue.prices(50_000, 3_000);
    round();
    venue.pass(4_000);
    venue.prices(20_000, 3_000);
    round();
    assertThat(status(loser)).isEqualTo(AccountStatus.CLOSING_OUT);
    BigInteger owing = round().leaf(winner.account()).orElseThrow().net();
    assertThat(owing).isEqualTo(VenueDriver.usdc(40_000));
    venue.pass(4_000);
    venue.prices(20_000, 3_000);
    round();
    round();
    assertThat(status(loser)).isEqualTo(AccountStatus.UNPLEDGED);
    assertThat(chain.contracts().pool().book(VenueDriver.VENUE).shortfalls()).isPositive();
    Root after = round();
    assertThat(after.leaf(winner.account()).orElseThrow().net()).isPositive().isLessThan(owing);
    assertThat(round().leaf(winner.account()).orElseThrow().net()).isEqualTo(after.leaf(winner.account()).orElseThrow().net());
    venue.trade(winner, house, "BTC-PERP", 1_000, 20_000);
    ledgerEqualsChain();
  }

  @Test
  void settlingRootPaysWinnersFromLosers() {
    VenueDriver.Client winner = venue.client(30_000, 0);
    VenueDriver.Client loser = venue.client(30_000, 0);
    venue.trade(winner, loser, "ETH-PERP", 10_000, 2_900);
    venue.askForSettlement("settle-" + chain.head().number());
    Root root = round();
    assertThat(root.header().settles()).isTrue();
    venue.pass(4_000);
    venue.prices(60_000, 3_000);
    round();
    assertThat(chain.contracts().vault().record(loser.account()).settled()).isEqualTo(VenueDriver.usdc(-1_000));
    assertThat(chain.contracts().vault().record(winner.account()).settled()).isEqualTo(VenueDriver.usdc(1_000));
    venue.trade(loser, winner, "ETH-PERP", 10_000, 3_000);
    ledgerEqualsChain();
  }

  /** One range holds all three; the pool has the second debit only after the credit was looked at. */
  @Test
  void winnerBetweenTwoLosersIsPaidInFull() {
    VenueDriver.Client first = venue.client(30_000, 0);
    VenueDriver.Client winner = venue.client(30_000, 0);
    VenueDriver.Client last = venue.client(30_000, 0);
    venue.trade(winner, first, "ETH-PERP", 5_000, 2_900);
    venue.trade(winner, last, "ETH-PERP", 10_000, 2_900);
    venue.askForSettlement("settle-" + chain.head().number());
    round();
    venue.pass(4_000);
    venue.prices(60_000, 3_000);
    round();
    assertThat(chain.contracts().vault().record(first.account()).settled()).isEqualTo(VenueDriver.usdc(-500));
    assertThat(chain.contracts().vault().record(last.account()).settled()).isEqualTo(VenueDriver.usdc(-1_000));
    assertThat(chain.contracts().vault().record(winner.account()).settled()).isEqualTo(VenueDriver.usdc(1_500));
    venue.trade(first, winner, "ETH-PERP", 5_000, 3_000);
    venue.trade(last, winner, "ETH-PERP", 10_000, 3_000);
    ledgerEqualsChain();
  }

  @Test
  void lossGoesThroughCollateralAndFundAndSurplusReturns() {
    VenueDriver.Client poor = venue.client(7_000, 0);
    VenueDriver.Client rich = venue.client(1_000, 1_700);
    venue.trade(poor, house, "BTC-PERP", 1_000, 60_000);
    venue.trade(rich, house, "BTC-PERP", 300, 60_000);
    round();
    venue.prices(45_000, 2_500);
    round();
    assertThat(status(poor)).isEqualTo(AccountStatus.CALLED);
    venue.pass(4_000);
    venue.prices(44_000, 2_500);
    round();
    assertThat(status(poor)).isEqualTo(AccountStatus.CLOSING_OUT);
    assertThat(status(rich)).isEqualTo(AccountStatus.CLOSING_OUT);
    round();
    assertThat(chain.contracts().auction().liveLots(0, 10).total()).isPositive();
    takeEverything();
    venue.pass(4_000);
    venue.prices(44_000, 2_500);
    round();
    round();
    round();
    assertThat(status(poor)).isEqualTo(AccountStatus.UNPLEDGED);
    assertThat(status(rich)).isEqualTo(AccountStatus.UNPLEDGED);
    assertThat(chain.contracts().token(chain.token("WETH")).balanceOf(rich.account())).isPositive();
    var losses = venue.read("defaults").statusCode(200).extract().jsonPath();
    String of = "find { it.account == '" + poor.account() + "' }.";
    assertThat(new BigInteger(losses.getString(of + "loss"))).isEqualTo(VenueDriver.usdc(16_000));
    assertThat(new BigInteger(losses.getString(of + "fromVenue"))).isPositive();
    assertThat(new BigInteger(losses.getString(of + "fromMembers"))).isPositive();
    round();
    ledgerEqualsChain();
  }

  private void takeEverything() {
    Address keeper = new Address("0x00000000000000000000000000000000000c0de5");
    chain.node().setBalance(keeper, BigInteger.TEN.pow(18));
    chain.mint("USDC", keeper, VenueDriver.usdc(1_000_000));
    chain.send(keeper, chain.calls().approve(chain.token("USDC"), chain.deployment().vault(), VenueDriver.usdc(1_000_000)));
    for (BigInteger lot : chain.contracts().auction().liveLots(0, 100).ids()) {
      BigInteger all = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
      chain.send(keeper, chain.calls().take(lot, all, all, keeper, Data.EMPTY));
    }
    chain.catchUp();
  }

  private Root round() {
    long before = epochs.newestPosted();
    engine.round();
    chain.catchUp();
    assertThat(alarms.active()).isEmpty();
    assertThat(epochs.newestPosted()).isEqualTo(before + 1).isEqualTo(chain.contracts().log().newest(1));
    return epochs.newestRoot().orElseThrow();
  }

  private AccountStatus status(VenueDriver.Client client) {
    return chain.contracts().at(BlockTag.LATEST).vault().record(client.account()).status();
  }

  private void ledgerEqualsChain() {
    chain.catchUp();
    books.assertLedgerEqualsChain();
  }

  private static Bytes32 id(int number) {
    return new Bytes32("0x" + "%064x".formatted(number));
  }
}
