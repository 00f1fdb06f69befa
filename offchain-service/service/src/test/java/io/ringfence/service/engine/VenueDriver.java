package io.ringfence.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.service.access.Role;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Plays a venue's people by its REST interface and the chain: house, traders, market data. */
@ApplicationScoped
public class VenueDriver {

  static final long VENUE = 1;
  private static final String BASE = "/v1/venues/1/";
  private static final AtomicLong IDS = new AtomicLong();

  private final TestChain chain;
  private final Keys keys;

  VenueDriver(TestChain chain, Keys keys) {
    this.chain = chain;
    this.keys = keys;
  }

  /** An account that its owner controls. */
  record Client(Signer owner, Address account) {}

  /** A pledged account with so many whole USDC and thousandths of WETH. */
  Client client(long usdc, long milliWeth) {
    Signer owner = chain.newOwner();
    return pledged(owner, 0, usdc, milliWeth);
  }

  /** The house, account 0 of the venue's key, with so many whole USDC more; pledged by the first test that asks. */
  Client house(long usdc) {
    Signer owner = chain.role("venue");
    Address account = chain.contracts().vault().predict(owner.address(), BigInteger.ZERO);
    chain.catchUp();
    boolean there = chain.rpc().code(account, BlockTag.LATEST).length() > 0;
    if (!there) {
      return pledged(owner, 0, usdc, 0);
    }
    chain.mint("USDC", account, usdc(usdc));
    chain.catchUp();
    return new Client(owner, account);
  }

  private Client pledged(Signer owner, long number, long usdc, long milliWeth) {
    Address account = chain.contracts().vault().predict(owner.address(), BigInteger.valueOf(number));
    if (usdc > 0) {
      chain.mint("USDC", account, usdc(usdc));
    }
    if (milliWeth > 0) {
      chain.mint("WETH", account, BigInteger.valueOf(milliWeth).multiply(BigInteger.TEN.pow(15)));
    }
    chain.open(owner.address(), number);
    chain.pledge(owner, account, VENUE);
    chain.catchUp();
    return new Client(owner, account);
  }

  /** Pays into the fund's venue tranche and, by its members, into theirs; whole USDC. */
  void fund(long venueTranche, long members) {
    Address fund = chain.deployment().venue(VENUE).orElseThrow().fund();
    chain.mint("USDC", TestChain.DEPLOYER, usdc(venueTranche + members));
    if (venueTranche > 0) {
      chain.send(TestChain.DEPLOYER, chain.calls().approve(chain.token("USDC"), fund, usdc(venueTranche)));
      chain.send(TestChain.DEPLOYER, chain.calls().fundVenueTranche(fund, usdc(venueTranche)));
    }
    if (members > 0) {
      Address series = chain.contracts().fund(fund).series();
      chain.send(TestChain.DEPLOYER, chain.calls().approve(chain.token("USDC"), series, usdc(members)));
      chain.send(TestChain.DEPLOYER, chain.calls().deposit(series, usdc(members), TestChain.DEPLOYER));
    }
  }

  /** Sets feeds on the chain and tells the service: spot and perpetual alike, whole USD. */
  void prices(long btc, long eth) {
    feed("BTC / USD", btc);
    feed("ETH / USD", eth);
    feed("USDC / USD", 1);
    chain.catchUp();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (var price : Map.of("BTC", btc, "ETH", eth).entrySet()) {
      rows.add(price(price.getKey(), "spot", price.getValue()));
      rows.add(price(price.getKey() + "-PERP", "mark", price.getValue()));
    }
    keys.as(Role.MARKET_DATA, VENUE).body(Map.of("rows", rows)).post(BASE + "prices").then().statusCode(200);
  }

  /** Lets chain time pass and sets the chain's feeds, while the service hears of no price. */
  void feedsOnly(long btc, long eth, long seconds) {
    pass(seconds);
    feed("BTC / USD", btc);
    feed("ETH / USD", eth);
    feed("USDC / USD", 1);
    chain.catchUp();
  }

  /** Tells the service one price more, whole USD. */
  void quote(String instrument, String kind, long price) {
    keys.as(Role.MARKET_DATA, VENUE).body(Map.of("rows", List.of(price(instrument, kind, price)))).post(BASE + "prices").then()
        .statusCode(200);
  }

  /** The buyer buys so many thousandths of an instrument from the seller at a whole price. */
  void trade(Client buyer, Client seller, String instrument, long milli, long price) {
    trade(buyer, seller, instrument, milli, price, chain.head().timestamp());
  }

  /** The same, done at {@code time}, chain seconds. */
  void trade(Client buyer, Client seller, String instrument, long milli, long price, long time) {
    List<Map<String, Object>> rows = List.of(fill(buyer, instrument, milli, price, time), fill(seller, instrument, -milli, price, time));
    keys.as(Role.TRADING, VENUE).body(Map.of("rows", rows))
        .post(BASE + "positions").then().statusCode(200);
  }

  /** The same as an update of a stream. */
  ValidatableResponse positions(String stream, long sequence, Client buyer, Client seller, String instrument, long milli, long price) {
    long time = chain.head().timestamp();
    List<Map<String, Object>> rows = List.of(fill(buyer, instrument, milli, price, time), fill(seller, instrument, -milli, price, time));
    return keys.as(Role.TRADING, VENUE).body(Map.of("stream", stream, "sequence", sequence, "rows", rows)).post(BASE + "positions").then();
  }

  /** Asks the venue's consent to withdraw USDC. */
  ValidatableResponse askConsent(Client client, Bytes32 id, BigInteger usdc) {
    return askConsentFor(client, id, chain.token("USDC"), usdc);
  }

  /** Asks the venue's consent to withdraw so many smallest units of a token. */
  ValidatableResponse askConsentFor(Client client, Bytes32 id, Address token, BigInteger amount) {
    Address to = client.owner().address();
    long deadline = chain.head().timestamp() + 600;
    var digest = new Eip712(chain.deployment().chainId(), chain.deployment().vault())
        .consentRequest(client.account(), token, amount, to, id, deadline);
    return RestAssured.given().contentType("application/json")
        .body(Map.of("id", id.hex(), "token", token.hex(), "amount", amount.toString(), "to", to.hex(), "deadline", deadline,
            "ownerSignature", client.owner().sign(digest).hex()))
        .post(BASE + "accounts/" + client.account() + "/consents").then();
  }

  /** Asks, as the venue's operator, that the next root settle. */
  void askForSettlement(String id) {
    keys.as(Role.OPERATOR, VENUE).body(Map.of("id", id)).post(BASE + "epochs/settling").then().statusCode(200);
  }

  /** Reads with a key that may read accounts. */
  ValidatableResponse read(String path) {
    return keys.as(Role.READER, VENUE).get(BASE + path).then();
  }

  /** Lets chain time pass. */
  void pass(long seconds) {
    chain.node().increaseTime(seconds);
    chain.node().mine();
    chain.catchUp();
  }

  static BigInteger usdc(long whole) {
    return BigInteger.valueOf(whole).multiply(BigInteger.valueOf(1_000_000));
  }

  private void feed(String description, long price) {
    Address feed = chain.deployment().feed(description).orElseThrow().address();
    BigInteger answer = BigInteger.valueOf(price).multiply(BigInteger.TEN.pow(8));
    chain.send(TestChain.DEPLOYER, chain.calls().setFeed(feed, answer, chain.head().timestamp()));
    assertThat(chain.contracts().feed(feed).latest().price()).isEqualTo(answer);
  }

  private Map<String, Object> price(String instrument, String kind, long price) {
    return Map.of("id", "price-" + IDS.incrementAndGet(), "instrument", instrument, "kind", kind, "price", Long.toString(price),
        "time", chain.head().timestamp());
  }

  private Map<String, Object> fill(Client client, String instrument, long milli, long price, long time) {
    return Map.of("id", "fill-" + IDS.incrementAndGet(), "account", client.account().hex(), "instrument", instrument,
        "quantity", BigDecimal.valueOf(milli, 3).toPlainString(), "price", Long.toString(price), "fee", "0",
        "time", time);
  }
}
