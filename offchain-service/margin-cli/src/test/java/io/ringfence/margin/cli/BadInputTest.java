package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that no margin can be computed from: each is refused by the name of its field. */
class BadInputTest {

  @TempDir private Path directory;

  private CommandRun command;

  @BeforeEach
  void prepare() {
    command = new CommandRun(directory);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/Scenario/Cash | NaN | Scenario.Cash is NaN",
    "/Scenario/Cash | Infinity | Scenario.Cash is Infinity",
    "/Scenario/Cash | -Infinity | Scenario.Cash is -Infinity",
    "/Scenario/Cash | 1e999 | Scenario.Cash is beyond the range",
    "/Scenario/Cash | 1e99999999999 | Scenario.Cash has an exponent beyond the range",
    "/Scenario/Options/0/Amount | 1e-99999999999 | Scenario.Options[0].Amount has an exponent beyond the range",
    "/Scenario/Options/0/Amount | 0x10 | not valid JSON, line 1 column",
    "/Scenario/Options/0/Amount | 0x10 | at Scenario.Options[0].Amount: Unexpected character",
    "/Scenario/Cash | 1e31 | Scenario: cash is 1.0E31, beyond 1e30",
    "/Scenario/Cash | true | Scenario.Cash is a truth value",
    "/Scenario/Cash | \"12 USD\" | Scenario.Cash is \"12 USD\"",
    "/Scenario/Cash | null | Scenario.Cash is absent",
    "/Scenario/SpotPrice | 0 | Scenario.SpotPrice is 0.0; give a positive number",
    "/Scenario/SpotPrice | -1 | Scenario.SpotPrice is -1.0",
    "/Scenario/SpotConfidence | 1.5 | Scenario.SpotConfidence is 1.5; give a fraction",
    "/Scenario/StablePrice | 0 | Scenario.StablePrice",
    "/Scenario/NumPerps | 1 | Scenario.PerpPrice is 0.0; give a positive number",
    "/Scenario/Options | {} | Scenario.Options is an object; give a list",
    "/Scenario/Options/0 | 7 | Scenario.Options[0] is a number; give an object",
    "/Scenario/Options/0/MarkVol | 0 | Scenario.Options[0].MarkVol is 0.0",
    "/Scenario/Options/0/MarkVol | -0.5 | Scenario.Options[0].MarkVol is -0.5",
    "/Scenario/Options/0/Strike | 0 | Scenario.Options[0].Strike",
    "/Scenario/Options/0/IsCall | 2 | Scenario.Options[0].IsCall is 2",
    "/Scenario/Options/0/Expiry | 1.5 | Scenario.Options[0].Expiry is 1.5; give a whole number",
    "/Scenario/Options/0/Expiry | 5 | Scenario.Options[0].Expiry: expiry in 5 s is held but not quoted",
    "/Scenario/OptionFeeds | null | Scenario.OptionFeeds is absent",
    "/Scenario/OptionFeeds | [] | Scenario.Options[0].Expiry: expiry in 794852 s is held but not quoted",
    "/Scenario/SpotConfidence | null | Scenario.SpotConfidence is absent",
    "/Scenario/OptionFeeds/0/ForwardConfidence | null | Scenario.OptionFeeds[0].ForwardConfidence is absent",
    "/Parameters/OtherContingency/IM_PERP_PERCENT | -1e-11 | Parameters.OtherContingency.IM_PERP_PERCENT is -1.0E-11",
    "/Scenario/Options/0/Amount | [1] | Scenario.Options[0].Amount is a list; give a number",
    "/Scenario/OptionFeeds/0/Rate | 1e9 | Scenario.OptionFeeds[0].Rate or Parameters: expiry in 794852 s: the discount",
    "/Parameters/Margin/IM_LOSS_FACTOR | 1e300 | Parameters.Margin: loss.initial",
    "/Scenario/OptionFeeds/0/Forward | null | Scenario.OptionFeeds[0].Forward is absent",
    "/Parameters/Scenarios/0/VolShockDirection | \"Sideways\" | Parameters.Scenarios[0].VolShockDirection is \"Sideways\"",
    "/Parameters/Scenarios | [] | Parameters: scenarios are 0",
    "/Parameters/VolShock/VOLRANGEUP | null | Parameters.VolShock.VOLRANGEUP is absent",
    "/Parameters/SkewShock/MIN_K_STAR | -1 | Parameters.SkewShock.MIN_K_STAR is -1.0",
  })
  void whatIsWrongWithACaseIsNamed(String pointer, String value, String message) throws IOException {
    assertThat(command.runOn(CommandRun.replaced(CommandRun.workedCase(), pointer, value))).isEqualTo(1);
    assertThat(command.err()).contains("given.json: ").contains(message);
    assertThat(command.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/cash | NaN | cash is NaN",
    "/model | \"other\" | model is \"other\"; give",
    "/parameters | \"mine\" | parameters is \"mine\"; give",
    "/parameters | {\"model\":\"ringfence-portfolio-2\"} | parameters",
    "/asOf | \"yesterday\" | asOf is \"yesterday\"",
    "/asOf | \"2026-02-01T00:00:00Z\" | which expired at 2026-01-30T08:00:00Z; settle it",
    "/underlying | \"ETH\" | not of the underlying ETH",
    "/positions/0/instrument | \"BTC-20260130-100000-X\" | positions[0].instrument:",
    "/positions/0/instrument | \"BTC-20260130\" | positions[0].unrealised is absent; add it",
    "/positions/0 | {\"instrument\":\"BTC-20260130\",\"quantity\":NaN,\"unrealised\":0} | positions[0].quantity is NaN",
    "/positions/0 | {\"instrument\":\"BTC-20260130\",\"quantity\":1,\"unrealised\":\"1e31\"} | positions[0]: unrealised profit",
    "/positions/0 | {\"instrument\":\"BTC-20260130\",\"quantity\":1,\"unrealised\":0,\"funding\":0} | positions[0].funding is not a field",
    "/positions/0 | {\"instrument\":\"BTC-20260105\",\"quantity\":1,\"unrealised\":0} | which expired at 2026-01-05T08:00:00Z",
    "/positions/0 | {\"instrument\":\"BTC-20260131\",\"quantity\":1,\"unrealised\":0} | positions[0].instrument: expiry in 2232000 s",
    "/positions/0 | {\"instrument\":\"ETH-20260130\",\"quantity\":1,\"unrealised\":0} | not of the underlying BTC",
    "/positions/0/instrument | \"BTC-20260331-100000-C\" | market.volatilities.BTC-20260331-100000-C is absent",
    "/positions/0/quantity | \"1e31\" | positions[0]: quantity of CALL",
    "/positions/0 | {\"instrument\":\"BTC-PERP\",\"quantity\":1,\"unrealised\":0,\"funding\":0} | perpetual for a second time",
    "/positions/0 | {\"instrument\":\"BTC-20260130-100000-C\",\"quantity\":1,\"qty\":1} | positions[0].qty is not a field",
    "/collateral/0/asset | \"DOGE\" | collateral DOGE has no rule",
    "/collateral/0/amount | -1 | collateral[0].amount is -1.0; give zero or more",
    "/market/spot | 5 | market.spot is a number; give an object",
    "/market/spott | 5 | market.spott is not a field of the format",
    "/market/expiries/20260130/forward | 0 | market.expiries.20260130.forward is 0.0",
    "/market/expiries/january | {} | market.expiries.january is not named by an expiry date",
    "/market/volatilities/BTC-20260130-100000-C | \"0\" | market.volatilities.BTC-20260130-100000-C is 0.0",
    "/extra | 1 | extra is not a field",
  })
  void whatIsWrongWithAPortfolioIsNamed(String pointer, String value, String message) throws IOException {
    assertThat(command.runOn(CommandRun.replaced(CommandRun.tree(CommandRun.PORTFOLIO), pointer, value))).isEqualTo(1);
    assertThat(command.err()).contains("given.json: ").contains(message);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/positions/0/instrument | \"ETH-20260130-1700-C\" | market: the market snapshot has no price for ETH-20260130-1700-C",
    "/asOf | \"2026-02-01T00:00:00Z\" | expired at 2026-01-30T08:00:00Z",
    "/cash | 1e999999999 | credited amount has more than 36 digits",
    "/market/forwards/ETH | 5 | market.forwards.ETH",
    "/market/marks/ETH-PERP | 0 | market.marks: price of ETH-PERP",
    "/parameters | {} | parameters",
  })
  void whatIsWrongWithAStandardBookIsNamed(String pointer, String value, String message) throws IOException {
    assertThat(command.runOn(CommandRun.replaced(CommandRun.tree(CommandRun.STANDARD), pointer, value))).isEqualTo(1);
    assertThat(command.err()).contains("given.json: ").contains(message);
  }

  @Test
  void whatOverflowsIsRefusedUnderTheGreatestNumber() throws IOException {
    ObjectNode json = CommandRun.workedCase();
    json.withObject("Scenario").put("StablePrice", 1e-300).putArray("Collaterals").addObject().put("Name", "DAI").put("Amount", 1e29)
        .put("Price", 1).put("Confidence", 1).put("MMHaircut", 0).put("IMHaircut", 0).put("IsRiskCancelling", false);
    assertThat(command.runOn(json.toString())).isEqualTo(1);
    assertThat(command.err()).contains("given.json: Scenario.Collaterals[0].Amount: the initial margin is too large to compute");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "3", "{}", "{\"a\":1,\"a\":2}", "{\"format\":\"ringfence-margin-1\"} {}", "\u0000", "nonsense"})
  void whatIsNoPortfolioIsRefused(String content) throws IOException {
    assertThat(command.run(command.write(content))).isEqualTo(1);
    assertThat(command.err()).contains("given.json: the file ");
  }

  @Test
  void repeatedKeyIsRefusedWithItsPlace() throws IOException {
    assertThat(command.run(command.write(CommandRun.workedCase().toString().replace("\"Cash\":", "\"Cash\":1,\"Cash\":")))).isEqualTo(1);
    assertThat(command.err()).contains("Duplicate").contains("Cash").contains("line 1");
  }

  @Test
  void deepNestingAndHugeFilesAreRefused() throws IOException {
    assertThat(command.run(command.write("[".repeat(100_000)))).isEqualTo(1);
    Path huge = directory.resolve("huge.json");
    try (var channel = Files.newByteChannel(huge, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.position(InputFiles.MOST_BYTES);
      channel.write(ByteBuffer.wrap(new byte[] {'{'}));
    }
    assertThat(command.run(huge)).isEqualTo(1);
    assertThat(command.err()).contains("huge.json: the file has 536870913 bytes; a portfolio has at most 536870912");
  }
}
