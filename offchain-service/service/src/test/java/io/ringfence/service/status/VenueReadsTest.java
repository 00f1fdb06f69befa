package io.ringfence.service.status;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.ringfence.chain.type.Address;
import io.ringfence.service.access.Role;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Keys;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads show what the tables hold: every digit of an amount as text, and nothing where a column is empty. */
@ServiceTest
class VenueReadsTest {
  private static final String BIG = BigInteger.TWO.pow(200).toString();
  private static final String SOMEBODY = "0x00000000000000000000000000000000000f00d1";
  private static final String FIND = "find { it.account == '" + SOMEBODY + "' }.";
  private static final int EPOCH = 1_000_000;

  @Inject TestChain chain;
  @Inject Database database;
  @Inject Keys keys;

  @BeforeEach
  void fill() {
    database.useTransaction(sql -> {
      sql.update("""
          INSERT INTO margin_call (id, account, venue, idx, epoch, initial_margin, deadline, maintenance, caller, called_block, state)
          VALUES (-1, $1, 1, 70001, 5, 79228162514264337593543950335, 1234, true, '0xca', 17, 'open')
          """, SOMEBODY);
      sql.update("""
          INSERT INTO default_case (account, venue, idx, state, epoch, owed, declarer, declared_block, declared_time, final_net, loss)
          VALUES ($1, 1, 70001, 'loss-fixed', 5, $2::text::numeric, '0xde', 18, 1300, -$2::text::numeric, 0)
          """, SOMEBODY, BIG);
      sql.update("""
          INSERT INTO auction_lot (lot, account, venue, idx, token, amount, remaining, start_price, floor_price, start_time, duration,
            state, started_block)
          VALUES ($2::text::numeric, $1, 1, 70001, '0x70', $2::text::numeric, 1, 2, 3, 1400, 60, 'live', 19)
          """, SOMEBODY, BIG);
      sql.update("""
          INSERT INTO take (id, lot, taker, receiver, amount, price, payment, block)
          VALUES (-2, $1::text::numeric, '0x7a', '0x7a', 4, 5, 6, 20), (-1, $1::text::numeric, NULL, NULL, 7, NULL, 8, 21)
          """, BIG);
      sql.update("""
          INSERT INTO epoch (venue, epoch, snapshot_block, header, struct_hash, prices, market, signatures, settles, state)
          VALUES (1, $1, 22, $2::text::jsonb, '0x5a', '{"collateral": ["1"]}', '{"quotes": []}', '{"venue": "0x01"}', true, 'signed')
          """, EPOCH, """
          {"venue": 1, "epoch": 1000000, "snapshotBlock": 22, "snapshotHash": "%1$s", "previous": "%1$s", "accounts": 3, "root": "%1$s",
           "totalCredit": "12", "totalDebit": "34", "paramsHash": "%1$s", "pricesHash": "%1$s", "settles": true}
          """.formatted("0x" + "ab".repeat(32)));
    });
  }

  @AfterEach
  void empty() {
    database.useTransaction(sql -> {
      for (String table : List.of("margin_call", "default_case", "auction_lot")) {
        sql.update("DELETE FROM " + table + " WHERE account = $1", SOMEBODY);
      }
      sql.update("DELETE FROM take WHERE id < 0");
      sql.update("DELETE FROM epoch WHERE epoch = $1", EPOCH);
    });
  }

  @Test
  void callsAndDefaults() {
    given().get("/v1/venues/1/calls").then().statusCode(200)
        .body(FIND + "index", equalTo(70001)).body(FIND + "initialMargin", equalTo("79228162514264337593543950335"))
        .body(FIND + "deadline", equalTo(1234)).body(FIND + "maintenance", equalTo(true)).body(FIND + "caller", equalTo("0xca"))
        .body(FIND + "calledBlock", equalTo(17)).body(FIND + "state", equalTo("open")).body(FIND + "epoch", equalTo(5))
        .body("find { it.account == '" + SOMEBODY + "' }", not(hasKey("endedBlock")));
    given().get("/v1/venues/1/defaults").then().statusCode(200)
        .body(FIND + "owed", equalTo(BIG)).body(FIND + "finalNet", equalTo("-" + BIG)).body(FIND + "loss", equalTo("0"))
        .body(FIND + "state", equalTo("loss-fixed")).body(FIND + "declaredTime", equalTo(1300))
        .body("find { it.account == '" + SOMEBODY + "' }", not(hasKey("shortfall")));
  }

  @Test
  void auctionsWithTheirTakesOldestFirst() {
    given().get("/v1/venues/1/auctions").then().statusCode(200)
        .body(FIND + "lot", equalTo(BIG)).body(FIND + "amount", equalTo(BIG)).body(FIND + "remaining", equalTo("1"))
        .body(FIND + "startPrice", equalTo("2")).body(FIND + "floorPrice", equalTo("3")).body(FIND + "resets", equalTo(0))
        .body(FIND + "takes.amount", equalTo(List.of("4", "7"))).body(FIND + "takes[0].price", equalTo("5"))
        .body(FIND + "takes[0].block", equalTo(20)).body(FIND + "takes[1].taker", nullValue())
        .body(FIND + "takes[1].payment", equalTo("8"));
  }

  @Test
  void rootsByNumberAndInLists() {
    given().get("/v1/venues/1/epochs/" + EPOCH).then().statusCode(200)
        .body("header.accounts", equalTo(3)).body("header.totalDebit", equalTo("34")).body("signatures.venue", equalTo("0x01"))
        .body("prices.collateral", equalTo(List.of("1"))).body("market.quotes", equalTo(List.of())).body("state", equalTo("signed"))
        .body("$", not(hasKey("parameters"))).body("$", not(hasKey("postedTx")));
    given().get("/v1/venues/1/epochs?before=1000001&limit=1").then().statusCode(200)
        .body("epoch", equalTo(List.of(EPOCH))).body("[0].root", equalTo("0x" + "ab".repeat(32)))
        .body("[0].totalCredit", equalTo("12")).body("[0].accounts", equalTo(3)).body("[0]", not(hasKey("postedBlock")));
    database.useTransaction(sql -> sql.update("""
        INSERT INTO posted_epoch (venue, epoch, struct_hash, snapshot_block, block, time, tx_hash, accounts, root, total_credit,
          total_debit, settles)
        VALUES (1, $1, '0x5a', 22, 23, 1500, '0x7b', 3, '0x', 12, 34, true)
        """, EPOCH));
    try {
      given().get("/v1/venues/1/epochs?before=1000001&limit=1").then().statusCode(200)
          .body("[0].postedBlock", equalTo(23)).body("[0].postedTime", equalTo(1500));
    } finally {
      database.useTransaction(sql -> sql.update("DELETE FROM posted_epoch WHERE epoch = $1", EPOCH));
    }
    given().get("/v1/venues/1/epochs/999999").then().statusCode(404);
  }

  @Test
  void accountsWithWhatTheyHold() {
    Address account = chain.pledgedAccount();
    chain.mint("USDC", account, BigInteger.valueOf(123_456_789));
    chain.catchUp();
    String held = "balances.'" + chain.token("USDC").hex() + "'";
    String find = "find { it.account == '" + account.hex() + "' }.";
    given().get("/v1/venues/1/status").then().statusCode(200)
        .body("accounts." + find + "status", equalTo("ACTIVE")).body("accounts." + find + "settled", equalTo("0"))
        .body("accounts." + find + held, equalTo("123456789")).body("accounts[0]", not(hasKey("owner")));
    keys.as(Role.READER, 1).get("/v1/venues/1/accounts/" + account.hex()).then().statusCode(200)
        .body("number", equalTo("0")).body("pledgedBlock", greaterThan(0)).body(held, equalTo("123456789"))
        .body("settled", equalTo("0")).body("$", not(hasKey("credit"))).body("$", not(hasKey("positions")));
    keys.as(Role.READER, 1).get("/v1/venues/1/accounts").then().statusCode(200).body("account", hasItem(account.hex()));
    keys.as(Role.READER, 1).get("/v1/venues/1/accounts/" + SOMEBODY).then().statusCode(404);
  }

  @Test
  void venueItsFundAndItsInstruments() {
    Address account = chain.pledgedAccount();
    given().get("/v1/venues/1").then().statusCode(200)
        .body("settlementAsset", equalTo(chain.token("USDC").hex())).body("assets[0].token", equalTo(chain.token("USDC").hex()))
        .body("assets[0].decimals", equalTo(6)).body("threshold", greaterThan(0)).body("attestors.size()", greaterThan(1));
    given().get("/v1/venues/2").then().statusCode(404);
    var venue = chain.deployment().venue(1).orElseThrow();
    var fund = chain.contracts().fund(venue.fund());
    given().get("/v1/venues/1/fund").then().statusCode(200).body("fund", equalTo(venue.fund().hex()))
        .body("venueTranche", equalTo(fund.venueTranche().toString())).body("memberTranche", equalTo(fund.memberTranche().toString()))
        .body("poolBalance", equalTo(chain.contracts().token(venue.settlementAsset()).balanceOf(venue.pool()).toString()));
    long now = chain.head().timestamp();
    keys.as(Role.TRADING, 1).body("""
        {"rows": [{"id": "reads-1", "account": "%1$s", "instrument": "BTC-20991231-50000-C", "quantity": "1", "price": "2", "time": %2$d},
          {"id": "reads-2", "account": "%1$s", "instrument": "BTC-20991231-50000-C", "quantity": "-1", "price": "2", "time": %2$d}]}
        """.formatted(account, now)).post("/v1/venues/1/positions").then().statusCode(200);
    keys.as(Role.MARKET_DATA, 1).body("""
        {"rows": [{"id": "reads-3", "instrument": "BTC", "kind": "spot", "price": "1", "time": %1$d},
          {"id": "reads-4", "instrument": "ETH-PERP", "kind": "mark", "price": "1", "time": %1$d}]}
        """.formatted(now)).post("/v1/venues/1/prices").then().statusCode(200);
    given().get("/v1/venues/1/instruments").then().statusCode(200)
        .body("name", hasItems("BTC-20991231-50000-C", "ETH-PERP")).body("name", not(hasItem("BTC")))
        .body("find { it.name == 'BTC-20991231-50000-C' }.expiresAt", equalTo("2099-12-31T08:00:00Z"))
        .body("find { it.name == 'BTC-20991231-50000-C' }.underlying", equalTo("BTC"))
        .body("find { it.name == 'ETH-PERP' }", not(hasKey("expiresAt")));
  }
}
