package io.ringfence.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.testing.Sending;
import io.ringfence.chain.type.Address;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command against a real chain and a real database: what it exits with and what it names. */
@ExtendWith(LocalNodeExtension.class)
class ReconcileMainTest {

  private static final Address OWNER = new Address("0x" + "42".repeat(20));
  private static final long DEPOSIT = 1_234_567_891L;

  private static EmbeddedPostgres postgres;

  @TempDir private Path directory;

  private NodeProcess node;
  private Address account;
  private String token;
  private String printed;

  @BeforeAll
  static void startDatabase() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stopDatabase() throws IOException {
    postgres.close();
  }

  @BeforeEach
  void depositAndPost(NodeProcess running) throws SQLException {
    node = running;
    Deployment deployment = node.deployment();
    account = new Contracts(node.rpc(), deployment).vault().predict(OWNER, BigInteger.ZERO);
    Address usdc = deployment.token("USDC").orElseThrow().address();
    token = usdc.hex();
    Sending.mint(node, usdc, account, DEPOSIT);
    Sending.send(node, NodeProcess.role("deployer"), node.calls().open(OWNER, BigInteger.ZERO));
    BlockRef head = node.rpc().block(BlockTag.LATEST).orElseThrow();
    execute(
        "DROP TABLE IF EXISTS posting, chain_cursor",
        "CREATE TABLE chain_cursor (block_number bigint, block_hash text)",
        "CREATE TABLE posting (id bigserial, journal_id bigint, ledger_account text, asset text, amount numeric(78, 0))",
        "INSERT INTO chain_cursor VALUES (" + head.number() + ", '" + head.hash() + "')");
    post("account:" + account, DEPOSIT);
    post("external", -DEPOSIT);
  }

  @Test
  void agreementExitsZero() throws IOException {
    Path json = directory.resolve("result.json");
    assertThat(run("--json", json.toString())).as(() -> printed).isZero();
    assertThat(printed).contains("0 mismatches");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.get("checked").asInt()).isGreaterThanOrEqualTo(8);
    assertThat(result.get("mismatches")).isEmpty();
  }

  @Test
  void aDeletedPostingExitsOneNamingTheAccount() throws SQLException {
    execute("DELETE FROM posting WHERE ledger_account = 'account:" + account + "'");
    assertThat(run()).isEqualTo(1);
    assertThat(printed).contains("account:" + account + ": ledger 0, chain " + DEPOSIT);
  }

  @Test
  void anAddedPostingExitsOneNamingTheAccount() throws SQLException {
    post("account:" + account, 1);
    assertThat(run()).isEqualTo(1);
    assertThat(printed).contains("account:" + account).contains("difference 1");
  }

  @Test
  void aPostingToAnAccountThatTheChainDoesNotKnowIsNamed() throws SQLException {
    String stranger = "account:0x" + "77".repeat(20);
    post(stranger, 5);
    post("external", -5);
    assertThat(run()).isEqualTo(1);
    assertThat(printed).contains(stranger + ": ledger 5, chain 0");
  }

  @Test
  void aSettledCounterThatTheChainDoesNotKnowIsNamed() throws SQLException {
    execute("INSERT INTO posting (journal_id, ledger_account, asset, amount) VALUES (2, 'settled:" + account + "', 'settled:1', 3),"
        + " (2, 'settled-total:1', 'settled:1', -3)");
    assertThat(run()).isEqualTo(1);
    assertThat(printed).contains("settled:" + account + ": ledger 3, chain 0").contains("settled-total:1");
  }

  @Test
  void theDirectoryOfARunSaysWhereEverythingIs() throws IOException {
    Files.copy(node.deploymentFile(), directory.resolve("deployment.json"));
    Files.createDirectory(directory.resolve("data"));
    String jdbc = postgres.getJdbcUrl("postgres", "postgres");
    Files.writeString(directory.resolve("data/database.properties"),
        "jdbc=" + jdbc.substring(0, jdbc.indexOf('?')) + "\nuser=postgres\npassword=a & b\n");
    assertThat(command(new String[] {"--run", directory.toString()})).as(() -> printed).isZero();
    assertThat(printed).contains("0 mismatches");
  }

  @Test
  void aDirectoryThatIsNoRunIsNamedAndTwoSourcesAreOneTooMany() {
    assertThat(command(new String[] {"--run", directory.toString()})).isEqualTo(1);
    assertThat(printed).startsWith("reconcile: ").contains(directory.toString());
    assertThat(run("--run", directory.toString())).isEqualTo(2);
    assertThat(command(new String[] {"--deployment", file()})).isEqualTo(2);
  }

  @Test
  void aDatabaseOrNodeThatIsNotThereIsOneSentence() {
    assertThat(command(new String[] {"--jdbc", "jdbc:postgresql://127.0.0.1:1/none", "--deployment", file()})).isEqualTo(1);
    assertThat(printed).contains("reconcile: the ledger cannot be read");
    assertThat(run("--rpc", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(printed).startsWith("reconcile: ");
  }

  private int run(String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "--jdbc";
    arguments[1] = postgres.getJdbcUrl("postgres", "postgres");
    arguments[2] = "--deployment";
    arguments[3] = file();
    System.arraycopy(more, 0, arguments, 4, more.length);
    return command(arguments);
  }

  private int command(String[] arguments) {
    StringWriter text = new StringWriter();
    CommandLine line = ReconcileMain.commandLine();
    line.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
    int code = line.execute(arguments);
    printed = text.toString();
    return code;
  }

  private String file() {
    return node.deploymentFile().toString();
  }

  private void post(String ledgerAccount, long amount) throws SQLException {
    execute("INSERT INTO posting (journal_id, ledger_account, asset, amount) VALUES (1, '%s', '%s', %d)"
        .formatted(ledgerAccount, token, amount));
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
