package io.ringfence.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.audit.ReconcileMain;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.type.Address;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The audit's own command on the very ledger that the service wrote from the real chain: one posting too few or too many is named. */
@ServiceTest
class ReconciliationTest {

  private static final BigInteger DEPOSIT = BigInteger.valueOf(1_234_567_891);

  @Inject TestChain chain;
  @Inject Database database;

  @ConfigProperty(name = "ringfence.deployment")
  String deployment;

  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String jdbc;

  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  private Address account;
  private String printed;

  @BeforeEach
  void depositByPlainTransfers() {
    Signer owner = chain.newOwner();
    account = chain.contracts().vault().predict(owner.address(), BigInteger.ZERO);
    chain.mint("USDC", account, DEPOSIT);
    chain.open(owner.address(), 0);
    chain.pledge(owner, account, 1);
    chain.mint("WETH", account, BigInteger.TEN.pow(18));
    chain.catchUp();
    assertThat(reconcile()).as(() -> printed).isZero();
    assertThat(printed).contains(": 0 mismatches, 0 unbalanced entries");
  }

  @AfterEach
  void ledgerIsRightAgain() {
    assertThat(reconcile()).as(() -> printed).isZero();
  }

  @Test
  void deletedPostingExitsOneNamingTheAccount() {
    Row deposit = posting("USDC");
    update("DELETE FROM posting WHERE id = $1", deposit.getLong("id"));
    try {
      assertThat(reconcile()).isEqualTo(1);
      assertThat(printed).contains("account:" + account + ": ledger 0, chain " + DEPOSIT).contains("journal entry "
          + deposit.getLong("journal_id") + " does not balance").contains(": 1 mismatches, 1 unbalanced entries");
    } finally {
      update("INSERT INTO posting (id, journal_id, ledger_account, asset, amount) VALUES ($1, $2, $3, $4, $5::text::numeric)",
          deposit.getLong("id"), deposit.getLong("journal_id"), deposit.getString("ledger_account"), deposit.getString("asset"),
          DEPOSIT.toString());
    }
  }

  @Test
  void addedPostingExitsOneNamingTheAccount() {
    Row deposit = posting("WETH");
    long added = database.inTransaction(sql -> sql.row("""
        INSERT INTO posting (journal_id, ledger_account, asset, amount) VALUES ($1, $2, $3, 1) RETURNING id
        """, deposit.getLong("journal_id"), deposit.getString("ledger_account"), deposit.getString("asset"))).orElseThrow().getLong("id");
    try {
      assertThat(reconcile()).isEqualTo(1);
      assertThat(printed).contains(chain.token("WETH") + " of account:" + account).contains("difference 1");
    } finally {
      update("DELETE FROM posting WHERE id = $1", added);
    }
  }

  /** Both sides of one entry gone: it balances, and only the chain shows it. */
  @Test
  void deletedEntryExitsOneNamingTheAccount() {
    Row deposit = posting("USDC");
    var both = database.inTransaction(sql -> {
      var rows = sql.rows("SELECT ledger_account, asset, amount FROM posting WHERE journal_id = $1", deposit.getLong("journal_id"));
      sql.update("DELETE FROM posting WHERE journal_id = $1", deposit.getLong("journal_id"));
      return rows;
    });
    try {
      assertThat(both).hasSize(2);
      assertThat(reconcile()).isEqualTo(1);
      assertThat(printed).contains("account:" + account + ": ledger 0, chain " + DEPOSIT).contains(": 1 mismatches, 0 unbalanced entries");
    } finally {
      both.forEach(row -> update("INSERT INTO posting (journal_id, ledger_account, asset, amount) VALUES ($1, $2, $3, $4::text::numeric)",
          deposit.getLong("journal_id"), row.getString("ledger_account"), row.getString("asset"),
          row.getBigDecimal("amount").toPlainString()));
    }
  }

  private Row posting(String symbol) {
    return database.inTransaction(sql -> sql.row("SELECT * FROM posting WHERE ledger_account = $1 AND asset = $2",
        LedgerAccounts.account(account), chain.token(symbol).hex())).orElseThrow();
  }

  private void update(String statement, Object... parameters) {
    int changed = database.inTransaction(sql -> sql.update(statement, parameters));
    assertThat(changed).isEqualTo(1);
  }

  private int reconcile() {
    var text = new StringWriter();
    int code = new CommandLine(new ReconcileMain()).setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true)).execute(
        "--jdbc", jdbc + (jdbc.contains("?") ? "&" : "?") + "user=" + user + "&password=" + password, "--deployment", deployment);
    printed = text.toString();
    return code;
  }
}
