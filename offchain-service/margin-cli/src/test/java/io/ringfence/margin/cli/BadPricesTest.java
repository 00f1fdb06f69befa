package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Price files and books that nothing can be computed from: each is refused by its file and line or field. */
class BadPricesTest {

  private static final String HEADING = "open_time_ms,open,high,low,close";
  private static final String GOOD = "1767225600000,10,12,9,11";

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "1767229200000,11,12,9,NaN | line 3: close is NaN; give a positive number",
    "1767229200000,11,12,9, | line 3: close is absent",
    "1767229200000,11,12,9,0 | line 3: close is 0; give a positive number",
    "1767229200000,-11,12,9,10 | line 3: open is -11; give a positive number",
    "1767229200000,11,Infinity,9,10 | line 3: high is Infinity",
    "1767229200000,11,12,9 | line 3: the bar has 4 values; the heading has 5 columns",
    ",11,12,9,10 | line 3: open_time_ms is absent",
    "NaN,11,12,9,10 | line 3: open_time_ms is \"NaN\"",
    "1767229200001,11,12,9,10 | line 3: open_time_ms is \"1767229200001\"; give whole seconds",
    "1767225600000,11,12,9,10 | line 3: open_time_ms is 1767225600000 again, as in line 2",
    "1767222000000,11,12,9,10 | line 3: open_time_ms is 1767222000000, before the 1767225600000 of line 2",
    "1767229200000,11,12,10.5,10 | line 3: low 10.5 and high 12.0 do not enclose open 11.0 and close 10.0",
  })
  void badBarIsNamedByItsLine(String bar, String message) throws IOException {
    refused(HEADING + "\n" + GOOD + "\n" + bar + "\n", message);
  }

  @Test
  void barOffTheGridIsNamed() throws IOException {
    refused(HEADING + "\n" + GOOD + "\n1767229200000,10,12,9,11\n1767234600000,10,12,9,11\n",
        "line 4: open_time_ms is 1767234600000, not a whole number of bars of 3600 s after line 3");
  }

  @Test
  void filesWithoutBarsOrColumnsAreRefused() throws IOException {
    refused("", "the file has no heading");
    refused("# underlying: BTC\n", "the file has no heading");
    refused(HEADING + "\n" + GOOD + "\n", "the file has 1 bars; give at least two");
    refused("timestamp_us,price,amount\n1,2,3\n", "line 1: column open_time_ms is absent or there twice");
    refused("open_time_ms,open,high,low,low,close\n", "line 1: column low is absent or there twice");
    refused("# crash: perhaps\n" + HEADING + "\n" + GOOD + "\n1767229200000,10,12,9,11\n", "# crash is \"perhaps\"; give yes or no");
  }

  @Test
  void absentFilesAreNamed() {
    ReportRun command = ReportRun.backtest(directory);
    assertThat(command.run("--prices", "/nowhere/btc.csv", "--book", ReportRun.BOOK)).isEqualTo(1);
    assertThat(command.run("--prices", ReportRun.BITCOIN, "--book", "/nowhere/book.json")).isEqualTo(1);
    assertThat(command.err()).contains(
        "backtest: /nowhere/btc.csv: the file does not exist", "backtest: /nowhere/book.json: the file does not exist");
  }

  @Test
  void twoFilesOfOneUnderlyingInAWindowAreRefused() {
    ReportRun command = ReportRun.backtest(directory);
    assertThat(command.run("--prices", ReportRun.BITCOIN, ReportRun.BITCOIN, "--book", ReportRun.BOOK)).isEqualTo(1);
    assertThat(command.err()).contains("btc.csv: the underlying is BTC, as of another file of window made-up");
  }

  @Test
  void underlyingIsTakenFromTheCallerTheFileOrItsName() throws IOException {
    String content = HEADING + ",volume\n1767225600000,10,12,9,11,5\n\n1767229200000,10,12,9,11,5\n";
    Path named = Files.writeString(directory.resolve("ethusdt_venue_1h.csv"), content);
    assertThat(PriceWindows.read(named.toString()).series().underlying()).isEqualTo("ETH");
    assertThat(PriceWindows.read("SOL=" + named).series().underlying()).isEqualTo("SOL");
    assertThat(PriceWindows.read(named.toString()).window()).isEqualTo(directory.getFileName().toString());
    Path stated = Files.writeString(directory.resolve("1.csv"), "# underlying: DOGE\n# window: here\n" + content);
    assertThat(PriceWindows.read(stated.toString()).series().underlying()).isEqualTo("DOGE");
    assertThat(PriceWindows.read(stated.toString()).window()).isEqualTo("here");
    Path nameless = Files.writeString(directory.resolve("2.csv"), content);
    ReportRun command = ReportRun.backtest(directory);
    assertThat(command.run("--prices", nameless.toString(), "--book", ReportRun.BOOK)).isEqualTo(1);
    assertThat(command.err()).contains("2.csv: the underlying cannot be told from the file's name");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/format | \"other\" | format is \"other\"; this command reads \"ringfence-book-1\"",
    "/model | \"other\" | model is \"other\"",
    "/volatility/rule | \"guess\" | volatility.rule is \"guess\"; give \"flat\" or \"realised\"",
    "/volatility/least | 9 | volatility: most is 3.0, below least",
    "/volatility/levels/BTC | 0 | volatility.levels.BTC is 0.0",
    "/volatility/levels | {} | volatility level of BTC is absent; add it to the book",
    "/volatility/surface/0/days | 8 | volatility: surface has no node at 7.0 days",
    "/rates | 1 | rates is not a field of the format",
    "/members | [] | members are none",
    "/members/0/accounts | [] | members[0]: accounts of Aldgate Trading are none",
    "/members/1/name | \"Aldgate Trading\" | member \"Aldgate Trading\" is given twice",
    "/members/0/accounts/1/name | \"aldgate-directional\" | account \"aldgate-directional\" is given twice",
    "/members/0/accounts/0/cash | NaN | members[0].accounts[0].cash is NaN",
    "/members/0/accounts/0/positions/0/instrument | \"BTC-20260130\" | is the future BTC-20260130; a book of this format holds",
    "/members/0/accounts/0/positions/0/quantity | null | members[0].accounts[0].positions[0].quantity is absent",
    "/members/1/accounts/0/positions/0/right | \"C\" | positions[0].right is \"C\"; give \"call\" or \"put\"",
    "/members/1/accounts/0/positions/0/days | 0 | members[1].accounts[0].positions[0]: days is 0; give whole days",
    "/members/2/accounts/0/collateral/0/asset | \"USDT\" | spots.USDT is absent, but account cedar-carry holds it",
  })
  void whatIsWrongWithABookIsNamed(String pointer, String value, String message) throws IOException {
    String book = CommandRun.replaced(CommandRun.tree(Path.of(ReportRun.BOOK)), pointer, value);
    String file = Files.writeString(directory.resolve("given.json"), book).toString();
    ReportRun command = message.contains("spots.") ? ReportRun.stress(directory) : ReportRun.backtest(directory);
    int exit = message.contains("spots.")
        ? command.run("--book", file)
        : command.run("--prices", ReportRun.BITCOIN, "--book", file);
    assertThat(exit).isEqualTo(1);
    assertThat(command.err()).contains(file + ": ").contains(message);
    assertThat(command.report()).doesNotExist();
  }

  private void refused(String content, String message) throws IOException {
    Path file = Files.writeString(directory.resolve("btc.csv"), content);
    ReportRun command = ReportRun.backtest(directory);
    assertThat(command.run("--prices", file.toString(), "--book", ReportRun.BOOK)).isEqualTo(1);
    assertThat(command.err()).startsWith("backtest: " + file + ": ").contains(message);
    assertThat(command.out()).isEmpty();
  }
}
