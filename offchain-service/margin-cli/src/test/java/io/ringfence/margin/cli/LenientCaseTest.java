package io.ringfence.margin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a case may leave out or repeat, because its meaning is certain all the same. */
class LenientCaseTest {

  @TempDir private Path directory;

  private CommandRun command;
  private ObjectNode json;
  private ObjectNode scenario;

  @BeforeEach
  void prepare() throws IOException {
    command = new CommandRun(directory);
    json = CommandRun.workedCase();
    scenario = json.withObject("Scenario");
  }

  private JsonNode computed() throws IOException {
    assertThat(command.runOn(json.toString())).as(command.err()).isZero();
    return command.lines().getLast();
  }

  private void requireTheWorkedResult() throws IOException {
    assertThat(computed().get("im").doubleValue()).isCloseTo(-14604.048120144837, offset(1e-5));
  }

  @Test
  void listsOfNothingMayBeAbsentOrNull() throws IOException {
    scenario.remove("Collaterals");
    requireTheWorkedResult();
    scenario.putNull("Collaterals");
    requireTheWorkedResult();
    scenario.putNull("Options");
    scenario.remove("OptionFeeds");
    scenario.put("Cash", 7.5);
    assertThat(computed().get("im").doubleValue()).isEqualTo(7.5);
    scenario.remove("Options");
    assertThat(computed().get("mm").doubleValue()).isEqualTo(7.5);
  }

  @Test
  void thePerpetualsFiguresAreNeededOnlyIfItIsHeld() throws IOException {
    scenario.remove(List.of("PerpPrice", "PerpConfidence", "UnrealisedPerpPNL", "UnrealisedFunding"));
    requireTheWorkedResult();
    scenario.put("NumPerps", 1);
    for (String needed : List.of("UnrealisedPerpPNL", "UnrealisedFunding", "PerpPrice", "PerpConfidence")) {
      assertThat(command.runOn(json.toString())).isEqualTo(1);
      assertThat(command.err()).contains("Scenario." + needed + " is absent");
      scenario.put(needed, needed.equals("PerpPrice") ? 95_663.5 : 1);
    }
    computed();
  }

  @Test
  void confidencesAreNeededOnlyIfAChargeMayComeOfThem() throws IOException {
    ObjectNode feed = (ObjectNode) scenario.at("/OptionFeeds/0");
    scenario.remove("SpotConfidence");
    feed.remove(List.of("ForwardConfidence", "RateConfidence", "OptionVolConfidences"));
    json.withObject("/Parameters/OtherContingency").put("CONF_MARGIN", 0);
    requireTheWorkedResult();
    json.withObject("/Parameters/OtherContingency").put("CONF_MARGIN", 1);
    scenario.putArray("Options");
    assertThat(computed().get("im").doubleValue()).isZero();
  }

  @Test
  void aFeedMayBeRepeatedButNotContradicted() throws IOException {
    ArrayNode feeds = (ArrayNode) scenario.get("OptionFeeds");
    feeds.add(feeds.get(0).deepCopy());
    requireTheWorkedResult();
    ((ObjectNode) feeds.get(1)).put("Rate", 0.2);
    assertThat(command.runOn(json.toString())).isEqualTo(1);
    assertThat(command.err()).contains("Scenario.OptionFeeds[1].FeedExpiry is 794852 as in Scenario.OptionFeeds[0], but with other");
  }

  @Test
  void oneOptionAtTwoVolatilitiesIsValuedAtEach() throws IOException {
    double one = computed().get("markToMarket").doubleValue();
    ArrayNode options = (ArrayNode) scenario.get("Options");
    ObjectNode second = options.get(0).deepCopy();
    options.add(second.put("MarkVol", 0.6));
    double both = computed().get("markToMarket").doubleValue();
    options.remove(0);
    double other = computed().get("markToMarket").doubleValue();
    assertThat(other).isLessThan(one);
    assertThat(both).isCloseTo(one + other, offset(1e-9));
  }

  @Test
  void whatSubtractionLeftOfAnIncrementIsNothing() throws IOException {
    double without = computed().get("im").doubleValue();
    json.withObject("/Parameters/OtherContingency").put("IM_PERP_PERCENT", -1e-17).put("IM_OPTION_PERCENT", -9e-13);
    double with = computed().get("im").doubleValue();
    assertThat(with - without).isCloseTo(0.002 * 95_663.50604855, offset(1e-9));
    scenario.putArray("Collaterals").addObject().put("Name", "DAI").put("Amount", 10).put("Price", 1).put("Confidence", 1)
        .put("MMHaircut", 0.1).put("IMHaircut", -1e-17).put("IsRiskCancelling", false);
    assertThat(computed().get("im").doubleValue()).isCloseTo(with + 9, offset(1e-9));
  }

  @Test
  void scenariosStandInTheCasesOrderWithItsRepetitions() throws IOException {
    ArrayNode scenarios = (ArrayNode) json.at("/Parameters/Scenarios");
    scenarios.add(scenarios.get(0).deepCopy());
    JsonNode listed = computed().at("/breakdown/scenarios");
    assertThat(listed).hasSize(4);
    assertThat(listed.get(0).get("name").textValue()).isEqualTo("spot x 1.18, volatility Up");
    assertThat(listed.get(0)).isEqualTo(listed.get(3));
    assertThat(listed.get(1).get("spot").doubleValue()).isEqualTo(0.82);
    assertThat(listed.get(2).get("volatility").textValue()).isEqualTo("LINEAR");
  }
}
