package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.stress.Basis;
import io.ringfence.margin.stress.FundSize;
import io.ringfence.margin.stress.MemberLoss;
import io.ringfence.margin.stress.ScenarioResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The stress test's report as JSON. Keys stand in a fixed order; a double is the shortest decimal that reads back to it. */
final class StressJson {

  private StressJson() {}

  static ObjectNode of(BookFile book, Path file, String source, List<ScenarioResult> results, List<FundSize> sizes) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("report", "ringfence-stress-1").put("book", file.toString()).put("model", book.model().name());
    json.put("asOf", book.market().time().toString()).put("scenariosFrom", source).put("members", book.members().size());
    ObjectNode funds = json.putObject("fund");
    sizes.forEach(size -> addSize(funds.putObject(key(size.basis())), size));
    ArrayNode scenarios = json.putArray("scenarios");
    results.forEach(result -> addScenario(scenarios.addObject(), result));
    return json;
  }

  private static String key(Basis basis) {
    return basis.name().toLowerCase(Locale.ROOT);
  }

  private static void addSize(ObjectNode json, FundSize size) {
    json.put("requirement", size.requirement()).put("addOn", size.addOn());
    addCover(json.putObject("coverOne"), size.one(), size.basis());
    addCover(json.putObject("coverTwo"), size.two(), size.basis());
    addCover(json.putObject("coverAll"), size.all(), size.basis());
  }

  private static void addCover(ObjectNode json, FundSize.Cover cover, Basis basis) {
    json.put("amount", cover.amount()).put("scenario", cover.scenario());
    ArrayNode members = json.putArray("members");
    cover.members().forEach(loss -> members.addObject().put("member", loss.member()).put("loss", loss.of(basis)));
  }

  private static void addScenario(ObjectNode json, ScenarioResult result) {
    json.put("name", result.scenario().name()).put("source", result.scenario().source());
    ObjectNode moves = json.putObject("moves");
    result.scenario().moves().forEach((underlying, move) ->
        moves.putObject(underlying).put("spot", move.spot()).put("volatility", move.volatility()));
    for (Basis basis : Basis.values()) {
      json.putObject(key(basis))
          .put("coverOne", result.cover(basis, 1))
          .put("coverTwo", result.cover(basis, 2))
          .put("coverAll", result.cover(basis, Integer.MAX_VALUE));
    }
    ArrayNode losses = json.putArray("losses");
    for (MemberLoss loss : result.losses()) {
      losses.addObject().put("member", loss.member()).put("held", loss.held()).put("withdrawn", loss.withdrawn());
    }
  }
}
