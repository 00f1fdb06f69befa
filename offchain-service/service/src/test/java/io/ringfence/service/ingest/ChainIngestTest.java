package io.ringfence.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import io.ringfence.service.ledger.Ledger;
import io.ringfence.service.ledger.LedgerAccounts;
import io.ringfence.service.ledger.LedgerHead;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.Books;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

@ServiceTest
class ChainIngestTest {
  private static final BigInteger USDC = BigInteger.valueOf(1_000_000);

  @Inject TestChain chain;
  @Inject ChainIngest ingest;
  @Inject Ledger ledger;
  @Inject LedgerHead head;
  @Inject Database database;
  @Inject Books books;

  @Test
  void accountFundedBeforeItExistsIsFollowedFromItsFirstUnit() {
    Signer owner = chain.newOwner();
    Address account = chain.contracts().vault().predict(owner.address(), BigInteger.valueOf(7));
    chain.mint("USDC", account, USDC);
    chain.mint("WETH", account, BigInteger.TEN);
    chain.catchUp();
    assertThat(ledger.held(account, chain.token("USDC"), Ledger.NEWEST)).isZero();
    chain.mint("USDC", account, USDC);
    chain.open(owner.address(), 7);
    chain.mint("USDC", account, BigInteger.ONE);
    chain.catchUp();
    assertThat(ledger.held(account, chain.token("USDC"), Ledger.NEWEST)).isEqualTo(USDC.add(USDC).add(BigInteger.ONE));
    books.assertLedgerEqualsChain();
  }

  @Test
  void pledgeWithdrawalAndStatusAreProjected() {
    Signer owner = chain.newOwner();
    Address account = chain.open(owner.address(), 0);
    chain.mint("USDC", account, USDC);
    chain.send(owner.address(), chain.calls().withdraw(account, chain.token("USDC"), BigInteger.TWO, owner.address()));
    chain.catchUp();
    assertThat(account(account).getString("status")).isEqualTo("UNPLEDGED");
    chain.pledge(owner, account, 1);
    chain.catchUp();
    Row row = account(account);
    assertThat(row.getString("status")).isEqualTo("ACTIVE");
    assertThat(row.getLong("venue")).isEqualTo(1);
    assertThat(row.getLong("idx")).isEqualTo(chain.contracts().vault().record(account).index());
    assertThat(row.getString("owner")).isEqualTo(owner.address().hex());
    assertThat(ledger.held(account, chain.token("USDC"), Ledger.NEWEST)).isEqualTo(USDC.subtract(BigInteger.TWO));
    books.assertLedgerEqualsChain();
  }

  @Test
  void fundsMoneyIsInItsTranches() {
    Address fund = chain.deployment().venue(1).orElseThrow().fund();
    chain.mint("USDC", TestChain.DEPLOYER, USDC.multiply(BigInteger.valueOf(3)));
    chain.send(TestChain.DEPLOYER, chain.calls().approve(chain.token("USDC"), fund, USDC.multiply(BigInteger.valueOf(3))));
    chain.send(TestChain.DEPLOYER, chain.calls().fundVenueTranche(fund, USDC));
    Address series = chain.contracts().fund(fund).series();
    chain.send(TestChain.DEPLOYER, chain.calls().approve(chain.token("USDC"), series, USDC.multiply(BigInteger.TWO)));
    chain.send(TestChain.DEPLOYER, chain.calls().deposit(series, USDC.multiply(BigInteger.TWO), TestChain.DEPLOYER));
    chain.catchUp();
    assertThat(ledger.balance(LedgerAccounts.tranche(1, 1), chain.token("USDC").hex(), Ledger.NEWEST)).isGreaterThanOrEqualTo(USDC);
    assertThat(ledger.balance(LedgerAccounts.tranche(1, 2), chain.token("USDC").hex(), Ledger.NEWEST)).isGreaterThanOrEqualTo(USDC);
    books.assertLedgerEqualsChain();
  }

  @Test
  void whatAFundsSeriesSaysIsInTheJournalUnderItsVenue() {
    Address series = chain.contracts().fund(chain.deployment().venue(1).orElseThrow().fund()).series();
    chain.mint("USDC", TestChain.DEPLOYER, USDC);
    chain.send(TestChain.DEPLOYER, chain.calls().approve(chain.token("USDC"), series, USDC));
    chain.send(TestChain.DEPLOYER, chain.calls().deposit(series, USDC, TestChain.DEPLOYER));
    chain.send(TestChain.DEPLOYER,
        chain.calls().noticeRedemption(series, chain.contracts().series(series).sharesOf(TestChain.DEPLOYER)));
    chain.catchUp();
    Row noticed = database.inTransaction(sql ->
        sql.row("SELECT venue, emitter FROM journal WHERE kind = 'RedemptionNoticed' ORDER BY id DESC LIMIT 1")).orElseThrow();
    assertThat(noticed.getLong("venue")).isEqualTo(1);
    assertThat(noticed.getString("emitter")).isEqualTo(series.hex());
    books.assertLedgerEqualsChain();
  }

  @Test
  void aRequestEndsWhenItIsTakenBackAndCanBeMadeAgain() {
    Signer owner = chain.newOwner();
    Address account = chain.open(owner.address(), 0);
    Address token = chain.token("USDC");
    chain.mint("USDC", account, USDC);
    chain.pledge(owner, account, 1);
    chain.send(owner.address(), chain.calls().requestWithdrawal(account, token, BigInteger.ONE, owner.address()));
    chain.send(owner.address(), chain.calls().cancelWithdrawal(account, token));
    chain.send(owner.address(), chain.calls().requestWithdrawal(account, token, BigInteger.TWO, owner.address()));
    chain.catchUp();
    List<Row> requests = database.inTransaction(sql ->
        sql.rows("SELECT amount, state FROM withdrawal_request WHERE account = $1 ORDER BY id", account.hex()));
    assertThat(requests).extracting(row -> row.getString("state")).containsExactly("cancelled", "open");
    assertThat(requests.getLast().getBigDecimal("amount")).isEqualByComparingTo("2");
  }

  @Test
  void balanceAsOfABlockIsWhatItWasThen() {
    Address account = chain.pledgedAccount();
    chain.mint("WBTC", account, BigInteger.valueOf(5));
    long then = chain.head().number();
    chain.mint("WBTC", account, BigInteger.valueOf(6));
    chain.catchUp();
    assertThat(ledger.held(account, chain.token("WBTC"), then)).isEqualTo(5);
    assertThat(ledger.held(account, chain.token("WBTC"), then + 1)).isEqualTo(11);
  }

  @Test
  void reorganisationIsUndoneByReversingEntriesAndHistoryIsKept() {
    Address before = chain.pledgedAccount();
    String snapshot = chain.node().snapshot();
    Signer owner = chain.newOwner();
    Address gone = chain.open(owner.address(), 0);
    chain.mint("USDC", before, USDC);
    chain.mint("USDC", gone, USDC);
    chain.catchUp();
    long undoneHeight = head.now().block();
    assertThat(ledger.held(before, chain.token("USDC"), Ledger.NEWEST)).isEqualTo(USDC);

    chain.node().revert(snapshot);
    chain.mint("USDC", before, BigInteger.TEN);
    chain.node().mine(5);
    chain.catchUp();

    assertThat(ledger.held(before, chain.token("USDC"), Ledger.NEWEST)).isEqualTo(10);
    assertThat(ledger.held(gone, chain.token("USDC"), Ledger.NEWEST)).isZero();
    assertThat(known(gone)).isFalse();
    assertThat(account(before).getString("status")).isEqualTo("ACTIVE");
    long undoing = database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM journal WHERE undo AND account = $1", gone.hex()))
        .orElseThrow().getLong("n");
    assertThat(undoing).isEqualTo(2);
    assertThat(head.now().block()).isGreaterThanOrEqualTo(undoneHeight);
    books.assertLedgerEqualsChain();
  }

  @Test
  void stepThatFailsHalfWayStoresNothing() {
    chain.catchUp();
    Signer owner = chain.newOwner();
    Address account = chain.contracts().vault().predict(owner.address(), BigInteger.ZERO);
    database.inTransaction(sql -> sql.update("""
        INSERT INTO account (address, owner, number, opened_block, status) VALUES ($1, $1, 0, 0, 'UNPLEDGED')
        """, account.hex()));
    long cursor = cursor();
    chain.open(owner.address(), 0);
    assertThatThrownBy(ingest::step).isInstanceOf(RuntimeException.class);
    assertThat(cursor()).isEqualTo(cursor);
    assertThat(entriesOf(account)).isZero();
    database.inTransaction(sql -> sql.update("DELETE FROM account WHERE address = $1", account.hex()));
    chain.catchUp();
    assertThat(entriesOf(account)).isEqualTo(1);
    books.assertLedgerEqualsChain();
  }

  private long entriesOf(Address account) {
    return database.inTransaction(sql -> sql.row("SELECT count(*) AS n FROM journal WHERE account = $1", account.hex()))
        .orElseThrow().getLong("n");
  }

  private long cursor() {
    return database.inTransaction(sql -> sql.row("SELECT block_number FROM chain_cursor")).orElseThrow().getLong("block_number");
  }

  private boolean known(Address account) {
    return database.inTransaction(sql -> sql.row("SELECT 1 FROM account WHERE address = $1", account.hex())).isPresent();
  }

  private Row account(Address account) {
    return database.inTransaction(sql -> sql.row("SELECT * FROM account WHERE address = $1", account.hex())).orElseThrow();
  }
}
