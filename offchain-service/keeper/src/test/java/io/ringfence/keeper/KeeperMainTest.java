package io.ringfence.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.type.Address;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

/** The keeper's command and its view of the chain, on a real node. */
@ExtendWith(LocalNodeExtension.class)
class KeeperMainTest {

  private String printed;

  @Test
  void aNegativeLimitIsRefusedBeforeAnythingIsAsked(NodeProcess node) {
    assertThat(run(node, "keeper-1", "--max-loss", "-1")).isEqualTo(1);
    assertThat(printed).startsWith("keeper: --max-loss is negative");
  }

  @Test
  void aKeyThatIsNotThereIsOneSentence(NodeProcess node) {
    assertThat(run(node, "nobody")).isEqualTo(1);
    assertThat(printed).startsWith("keeper: ").contains("nobody.json").doesNotContain("\tat ");
  }

  @Test
  void anUnknownVenueIsRefused(NodeProcess node) {
    assertThat(run(node, "keeper-1", "--venue", "77", "--dry-run")).isEqualTo(1);
    assertThat(printed).contains("UnknownVenue");
  }

  @Test
  void whatIsMissingIsAUsageError() {
    assertThat(execute(List.of("--dry-run"))).isEqualTo(2);
    assertThat(printed).contains("--deployment");
  }

  @Test
  void withoutLotsThereIsNothingToFindAndGasHasAPrice(NodeProcess node) {
    Scout scout = new Scout(node.rpc(), node.deployment(), 1);
    BlockRef block = node.rpc().block(BlockTag.LATEST).orElseThrow();
    assertThat(scout.find(block)).isEmpty();
    assertThat(scout.cash(new Address("0x" + "42".repeat(20)), block)).isZero();
    BigInteger ether = scout.inSettlementUnits(Prices.WAD, block);
    assertThat(ether).isPositive();
    assertThat(scout.inSettlementUnits(BigInteger.ONE, block)).isEqualTo(BigInteger.ONE);
  }

  private int run(NodeProcess node, String role, String... more) {
    Path keys = NodeProcess.repository().resolve("keys-example");
    List<String> arguments = new ArrayList<>(List.of(
        "--deployment", node.deploymentFile().toString(),
        "--keystore", keys.resolve(role + ".json").toString(),
        "--password-file", keys.resolve("password.txt").toString()));
    arguments.addAll(List.of(more));
    return execute(arguments);
  }

  private int execute(List<String> arguments) {
    StringWriter text = new StringWriter();
    CommandLine line = KeeperMain.commandLine();
    line.setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
    int code = line.execute(arguments.toArray(String[]::new));
    printed = text.toString();
    return code;
  }
}
