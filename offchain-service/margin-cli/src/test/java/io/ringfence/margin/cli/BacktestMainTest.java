package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user sees it, on the example. */
class BacktestMainTest {

  @TempDir private Path directory;

  private ReportRun command;

  @BeforeEach
  void prepare() {
    command = ReportRun.backtest(directory);
  }

  @Test
  void exampleFindsWhatItsCrashExceeds() throws IOException {
    assertThat(command.run("--prices", ReportRun.BITCOIN, ReportRun.ETHER, "--book", ReportRun.BOOK)).as(command.err()).isZero();
    assertThat(command.out())
        .contains("Backtest of 10 accounts, ringfence-portfolio-2, a step every 24h, losses over 24h, target 99.00% inside")
        .contains("BTC: 1 gaps, 2 bars absent")
        .contains("worst with buffer: birch-strangles at 2026-01-25T06:00:00Z lost 363415 of 348791 required")
        .contains("backtest.svg");
    JsonNode window = command.tree().get("windows").get(0);
    assertThat(window.at("/prices/0/gaps/0")).hasToString(
        "{\"after\":\"2026-02-02T12:00:00Z\",\"before\":\"2026-02-03T06:00:00Z\",\"bars\":2}");
    assertThat(window.at("/withoutBuffer/exceedances").intValue()).isEqualTo(3);
    assertThat(window.at("/withBuffer/exceedances").intValue()).isEqualTo(1);
    assertThat(window.at("/withBuffer/exceedancesAt/0/time").textValue()).isEqualTo("2026-01-25T06:00:00Z");
    assertThat(window.at("/withBuffer/passMark").textValue()).isEqualTo("target met");
    assertThat(window.at("/withBuffer/accountSteps").intValue()).isEqualTo(390);
    JsonNode days = window.at("/withBuffer/days");
    assertThat(days).anyMatch(day -> day.toString().equals(
        "{\"day\":\"2026-01-25\",\"accountSteps\":10,\"exceedances\":1,\"inside\":0.9,\"passMark\":\"target missed\"}"));
    int steps = 0;
    for (JsonNode day : days) {
      steps += day.get("accountSteps").intValue();
    }
    assertThat(steps).isEqualTo(390);
  }

  @Test
  void crashWindowGetsNoPassMark() throws IOException {
    assertThat(command.run("--prices", ReportRun.BITCOIN, ReportRun.ETHER, "--book", ReportRun.BOOK, "--crash", "made-up")).isZero();
    assertThat(command.out()).contains("made-up (crash window: no pass mark)").doesNotContain("target met", "target missed");
    assertThat(command.tree().at("/windows/0/withBuffer/passMark").textValue()).isEqualTo("none: a crash window");
  }

  @Test
  void fileMaySayThatItIsACrash() throws IOException {
    Path file = directory.resolve("btc.csv");
    Files.writeString(file, "# crash: yes\n" + Files.readString(Path.of(ReportRun.BITCOIN)));
    assertThat(command.run("--prices", file.toString(), "--book", ReportRun.BOOK)).isZero();
    assertThat(command.out()).contains("made-up (crash window: no pass mark)")
        .contains("not priced in this window: aldgate-pairs, birch-calendar, cedar-covered, dunmore-wrong-way, fenwick-ether");
  }

  @Test
  void reportIsTheSameForTheSameFilesInAnyOrder() throws IOException {
    command.run("--prices", ReportRun.BITCOIN, ReportRun.ETHER, "--book", ReportRun.BOOK);
    JsonNode first = command.tree();
    String picture = command.picture();
    command.run("--prices", ReportRun.ETHER, ReportRun.BITCOIN, "--book", ReportRun.BOOK);
    assertThat(command.picture()).isEqualTo(picture);
    assertThat(command.tree().at("/windows/0/absorbingBuffer")).isEqualTo(first.at("/windows/0/absorbingBuffer"));
    String json = command.json();
    command.run("--prices", ReportRun.ETHER, ReportRun.BITCOIN, "--book", ReportRun.BOOK);
    assertThat(command.json()).isEqualTo(json);
  }

  @Test
  void overlappingStepsAreSaidToOverlap() throws IOException {
    assertThat(command.run("--prices", ReportRun.BITCOIN, "--book", ReportRun.BOOK, "--stride", "6h", "--horizon", "12h")).isZero();
    assertThat(command.out()).contains("Losses of neighbouring steps overlap");
    assertThat(command.tree().get("stepsOverlap").booleanValue()).isTrue();
    // The absent two bars each miss as a start and as an end: four steps of each of the five accounts.
    assertThat(command.tree().at("/windows/0/unmeasured")).hasSize(20);
  }

  @Test
  void standardMarginIsBacktestedToo() throws IOException {
    String book = Files.readString(Path.of(ReportRun.BOOK))
        .replace("\"model\": \"portfolio\"", "\"model\": \"standard\"").replace("portfolio-default", "standard-default");
    Path file = Files.writeString(directory.resolve("book.json"), book);
    assertThat(command.run("--prices", ReportRun.BITCOIN, ReportRun.ETHER, "--book", file.toString())).as(command.err()).isZero();
    assertThat(command.out()).contains("ringfence-standard-1");
    assertThat(command.tree().at("/windows/0/withBuffer/accountSteps").intValue()).isEqualTo(390);
  }

  @Test
  void pictureIsWellFormedAndNamesItsAxes() throws Exception {
    command.run("--prices", ReportRun.BITCOIN, ReportRun.ETHER, "--book", ReportRun.BOOK);
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder()
        .parse(new ByteArrayInputStream(command.picture().getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(document.getElementsByTagName("polyline").getLength()).isGreaterThanOrEqualTo(4);
    assertThat(command.picture()).contains("settlement asset", "step, UTC, 2026", "2 Jan", "made-up").doesNotContain("NaN");
  }

  @Test
  void wrongUsageIsExitTwo() {
    assertThat(command.run("--book", ReportRun.BOOK)).isEqualTo(2);
    assertThat(command.run("--prices", ReportRun.BITCOIN, "--book", ReportRun.BOOK, "--stride", "soon")).isEqualTo(2);
    assertThat(command.run("--prices", ReportRun.BITCOIN, "--book", ReportRun.BOOK, "--target", "1")).isEqualTo(2);
    assertThat(command.run("--prices", ReportRun.BITCOIN, "--book", ReportRun.BOOK, "--window", "other")).isEqualTo(2);
    assertThat(command.err()).contains("\"soon\" is not a span of time", "--target is 1.0", "--window other is no window of the files");
  }
}
