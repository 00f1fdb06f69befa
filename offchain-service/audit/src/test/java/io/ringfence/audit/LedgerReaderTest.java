package io.ringfence.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ledger's side on a real server: a balance is a sum of postings, so a posting that is missing or added shows at its account. */
class LedgerReaderTest {

  private static final String HASH = "0x" + "ab".repeat(32);
  private static final String TOKEN = "0x" + "11".repeat(20);
  private static final Line ALICE = new Line("account:0x" + "aa".repeat(20), TOKEN);
  private static final Line BOB = new Line("account:0x" + "bb".repeat(20), TOKEN);

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void fill() throws SQLException {
    execute(
        "DROP TABLE IF EXISTS posting, chain_cursor",
        "CREATE TABLE chain_cursor (block_number bigint, block_hash text)",
        "CREATE TABLE posting (id bigserial, journal_id bigint, ledger_account text, asset text, amount numeric(78, 0))",
        "INSERT INTO chain_cursor VALUES (7, '" + HASH + "')");
    post(1, ALICE.account(), "340282366920938463463374607431768211455");
    post(1, "external", "-340282366920938463463374607431768211455");
    post(2, ALICE.account(), "-5");
    post(2, BOB.account(), "5");
  }

  @Test
  void aBalanceIsTheSumOfItsPostings() {
    Ledger ledger = reader().read();
    assertThat(ledger.blockNumber()).isEqualTo(7);
    assertThat(ledger.blockHash().hex()).isEqualTo(HASH);
    assertThat(ledger.balances())
        .containsEntry(ALICE, new BigInteger("340282366920938463463374607431768211450"))
        .containsEntry(BOB, BigInteger.valueOf(5));
    assertThat(ledger.unbalanced()).isEmpty();
    assertThat(Reconciliation.compare(ledger, chain()).clean()).isTrue();
    assertThat(Reconciliation.compare(ledger, chain()).checked()).isEqualTo(2);
  }

  @Test
  void aDeletedPostingNamesItsAccount() throws SQLException {
    execute("DELETE FROM posting WHERE ledger_account = '" + BOB.account() + "'");
    Reconciliation result = Reconciliation.compare(reader().read(), chain());
    assertThat(result.mismatches()).containsExactly(new Mismatch(BOB, BigInteger.ZERO, BigInteger.valueOf(5)));
    assertThat(result.unbalanced()).containsExactly(new Ledger.Unbalanced(2, TOKEN, BigInteger.valueOf(-5)));
    assertThat(ReconcileMain.table(result)).contains(BOB.account() + ": ledger 0, chain 5").contains("1 mismatches");
  }

  @Test
  void anAddedPostingNamesItsAccount() throws SQLException {
    post(2, ALICE.account(), "1");
    Reconciliation result = Reconciliation.compare(reader().read(), chain());
    assertThat(result.mismatches()).singleElement().satisfies(mismatch -> {
      assertThat(mismatch.line()).isEqualTo(ALICE);
      assertThat(mismatch.difference()).isEqualTo(BigInteger.ONE);
    });
  }

  @Test
  void anAddedPostingToTheWorldUnbalancesItsEntry() throws SQLException {
    post(1, "external", "9");
    Reconciliation result = Reconciliation.compare(reader().read(), chain());
    assertThat(result.mismatches()).isEmpty();
    assertThat(result.clean()).isFalse();
    assertThat(ReconcileMain.table(result)).contains("journal entry 1 does not balance");
  }

  @Test
  void anAccountOnlyTheChainKnowsIsAMismatch() {
    Line stranger = new Line("account:0x" + "cc".repeat(20), TOKEN);
    Map<Line, BigInteger> chain = new java.util.HashMap<>(chain());
    chain.put(stranger, BigInteger.TEN);
    assertThat(Reconciliation.compare(reader().read(), chain).mismatches())
        .containsExactly(new Mismatch(stranger, BigInteger.ZERO, BigInteger.TEN));
  }

  @Test
  void aDatabaseThatCannotBeReadIsNamed() throws SQLException {
    execute("DELETE FROM chain_cursor");
    assertThatThrownBy(() -> reader().read()).isInstanceOf(AuditException.class).hasMessageContaining("not followed any block");
    assertThatThrownBy(() -> new LedgerReader("jdbc:postgresql://127.0.0.1:1/none").read()).hasMessageContaining("--jdbc");
  }

  private static LedgerReader reader() {
    return new LedgerReader(postgres.getJdbcUrl("postgres", "postgres"));
  }

  private static Map<Line, BigInteger> chain() {
    return Map.of(ALICE, new BigInteger("340282366920938463463374607431768211450"), BOB, BigInteger.valueOf(5));
  }

  private static void post(long journal, String account, String amount) throws SQLException {
    execute("INSERT INTO posting (journal_id, ledger_account, asset, amount) VALUES (%d, '%s', '%s', %s)"
        .formatted(journal, account, TOKEN, amount));
  }

  private static void execute(String... statements) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }
}
