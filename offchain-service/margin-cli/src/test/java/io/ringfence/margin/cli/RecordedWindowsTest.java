package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.margin.backtest.PriceSeries;
import io.ringfence.margin.stress.StressScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/backtest.md says of recorded crashes, and what the scenarios say they were measured from. */
class RecordedWindowsTest {

  private static final List<String> PAIRS = List.of(
      "prices-2020-03-black-thursday/%susd_bitstamp_1h.csv", "prices-2021-05-19/%susd_bitstamp_1h.csv",
      "prices-2022-05-luna/%susdt_binance_5m.csv", "prices-2022-06-3ac/%susdt_binance_5m.csv",
      "prices-2024-08-05/%susdt_binance_5m.csv");
  private static final String LIQUIDATIONS = "prices-2025-10-10/btcusdt_binance_5m.csv";

  @TempDir private Path directory;

  private Path data;

  @BeforeEach
  void find() {
    Assumptions.assumeTrue(Places.data().isPresent(), "no recorded prices here: name the folder that has data/prices-* in RINGFENCE_SHARED");
    data = Places.data().orElseThrow();
  }

  @Test
  void aStepADayExceedsAsDocumented() throws IOException {
    assertThat(exceedances(ReportRun.BOOK, "1d")).containsExactly("2020-03 130 6 5 5", "2021-05 210 4 2 2",
        "2022-05 110 0 0 0", "2022-06 100 0 0 0", "2024-08 80 0 0 0", "2025-10 40 0 0 0");
  }

  @Test
  void aStepAnHourExceedsAsDocumented() throws IOException {
    assertThat(exceedances(ReportRun.BOOK, "1h")).containsExactly("2020-03 3120 111 74 78", "2021-05 5040 26 8 14",
        "2022-05 2640 0 0 0", "2022-06 2400 1 0 0", "2024-08 1920 0 0 0", "2025-10 960 0 0 0");
  }

  @Test
  void standardMarginExceedsAsDocumented() throws IOException {
    String book = Files.readString(Path.of(ReportRun.BOOK))
        .replace("\"model\": \"portfolio\"", "\"model\": \"standard\"").replace("portfolio-default", "standard-default");
    String file = Files.writeString(directory.resolve("book.json"), book).toString();
    assertThat(exceedances(file, "1d")).containsExactly("2020-03 130 9 8 8", "2021-05 210 8 7 8",
        "2022-05 110 3 0 0", "2022-06 100 5 4 4", "2024-08 80 1 1 1", "2025-10 40 0 0 0");
    assertThat(exceedances(file, "1h")).containsExactly("2020-03 3120 217 154 164", "2021-05 5040 200 118 143",
        "2022-05 2640 40 15 16", "2022-06 2400 102 64 75", "2024-08 1920 47 24 27", "2025-10 960 0 0 0");
  }

  /** For each window its month, account-steps, and the exceedances without, with and absorbing the buffer. */
  private List<String> exceedances(String book, String stride) throws IOException {
    List<String> options = new ArrayList<>(List.of("--book", book, "--stride", stride, "--prices"));
    for (String pair : PAIRS) {
      options.add(data.resolve(pair.formatted("btc")).toString());
      options.add(data.resolve(pair.formatted("eth")).toString());
    }
    options.add(data.resolve(LIQUIDATIONS).toString());
    options.add("--crash");
    PAIRS.forEach(pair -> options.add(Path.of(pair).getParent().toString()));
    options.add(Path.of(LIQUIDATIONS).getParent().toString());
    ReportRun command = ReportRun.backtest(directory);
    assertThat(command.run(options)).as(command.err()).isZero();
    List<String> counts = new ArrayList<>();
    for (JsonNode window : command.tree().get("windows")) {
      assertThat(window.at("/withBuffer/passMark").textValue()).isEqualTo("none: a crash window");
      int inDays = 0;
      for (JsonNode day : window.at("/withBuffer/days")) {
        assertThat(day.get("passMark").textValue()).isEqualTo("none: a crash window");
        inDays += day.get("exceedances").intValue();
      }
      assertThat(inDays).isEqualTo(window.at("/withBuffer/exceedances").intValue());
      counts.add(window.get("name").textValue().substring(7, 14) + " " + window.at("/withBuffer/accountSteps") + " "
          + window.at("/withoutBuffer/exceedances") + " " + window.at("/withBuffer/exceedances") + " "
          + window.at("/absorbingBuffer/exceedances"));
    }
    return counts;
  }

  @Test
  void silentMinutesAreGapsThatNothingIsComputedOver() throws IOException {
    ReportRun command = ReportRun.backtest(directory);
    assertThat(command.run("--book", ReportRun.BOOK, "--stride", "5m", "--horizon", "1h", "--prices",
        data.resolve("prices-2025-10-10/btcusd_gemini_1m_from_trades.csv").toString(),
        data.resolve("prices-2025-10-10/ethusd_gemini_1m_from_trades.csv").toString())).as(command.err()).isZero();
    assertThat(command.out()).contains("BTC: 62 gaps, 89 bars absent", "ETH: 92 gaps, 117 bars absent");
    List<String> missing = new ArrayList<>();
    command.tree().at("/windows/0/unmeasured").forEach(step -> missing.add(step.get("missing").textValue()));
    // No trade from 20:55 to 21:07: the closes of those minutes are absent.
    assertThat(missing).contains("the price of BTC at 2025-10-10T20:57:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2020-03-12 Black Thursday, 0, 2020-03-13T02:00:00Z", "2020-03-13 rebound, 0, 2020-03-14T02:00:00Z",
    "2021-05-19 BTC, 1, 2021-05-19T13:00:00Z", "2021-05-19 ETH, 1, 2021-05-20T01:00:00Z",
    "2021-05-24 rebound, 1, 2021-05-24T20:00:00Z", "2022-05-12 Luna, 2, 2022-05-12T05:15:00Z",
    "2022-06-14 3AC, 3, 2022-06-14T01:45:00Z", "'2022-06-13 3AC, ETH', 3, 2022-06-13T14:55:00Z",
    "2022-06-19 rebound, 3, 2022-06-19T20:50:00Z", "2024-08-05 yen carry, 4, 2024-08-05T06:25:00Z",
  })
  void scenarioIsTheRecordedMoveOfADay(String name, int pair, Instant end) {
    StressScenario scenario = scenario(name);
    assertThat(scenario.source()).contains(end.toString().substring(0, 10) + " " + end.toString().substring(11, 16));
    for (String underlying : List.of("BTC", "ETH")) {
      Path file = data.resolve(PAIRS.get(pair).formatted(underlying.toLowerCase(Locale.ROOT)));
      assertThat(move(file, end)).isCloseTo(scenario.moves().get(underlying).spot(), offset(5.1e-5));
    }
  }

  @Test
  void liquidationsAreTheRecordedMoveOfADay() {
    assertThat(move(data.resolve(LIQUIDATIONS), Instant.parse("2025-10-10T21:20:00Z")))
        .isCloseTo(scenario("2025-10-10 liquidations").moves().get("BTC").spot(), offset(5.1e-5));
    PriceSeries ether = PriceWindows.read(data.resolve("prices-2025-10-10/ethusd_gemini_1m_from_trades.csv").toString()).series();
    double fall = ether.at(Instant.parse("2025-10-10T21:23:00Z")).orElseThrow()
        / ether.at(Instant.parse("2025-10-10T00:02:00Z")).orElseThrow() - 1;
    assertThat(fall).isCloseTo(scenario("2025-10-10 liquidations").moves().get("ETH").spot(), offset(5.1e-5));
  }

  private static double move(Path file, Instant end) {
    PriceSeries series = PriceWindows.read(file.toString()).series();
    return series.at(end).orElseThrow() / series.at(end.minus(Duration.ofDays(1))).orElseThrow() - 1;
  }

  private static StressScenario scenario(String name) {
    return ScenarioFile.standard().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
  }
}
