package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.backtest.AccountStep;
import io.ringfence.margin.backtest.BacktestSettings;
import io.ringfence.margin.backtest.Buffering;
import io.ringfence.margin.backtest.Coverage;
import io.ringfence.margin.backtest.Kupiec;
import io.ringfence.margin.backtest.PriceSeries;
import io.ringfence.margin.backtest.Procyclicality;
import io.ringfence.margin.backtest.WindowResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The backtest's report as JSON. Keys stand in a fixed order; a double is the shortest decimal that reads back to it. */
final class BacktestJson {

  private BacktestJson() {}

  static ObjectNode of(BacktestSettings settings, Path book, List<WindowResult> results, Map<String, List<PriceFile>> files) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("report", "ringfence-backtest-1").put("book", book.toString()).put("model", settings.model().name());
    json.put("strideSeconds", settings.stride().getSeconds()).put("horizonSeconds", settings.horizon().getSeconds());
    json.put("target", settings.target()).put("volatility", settings.volatility().toString());
    json.put("stepsOverlap", !settings.disjoint());
    ArrayNode windows = json.putArray("windows");
    for (WindowResult result : results) {
      ObjectNode window = windows.addObject();
      window.put("name", result.window().name()).put("crash", result.window().crash());
      files.get(result.window().name()).forEach(file -> addPrices(window.withArray("prices").addObject(), file));
      result.leftOut().forEach(window.putArray("accountsLeftOut")::add);
      ArrayNode unmeasured = window.putArray("unmeasured");
      result.unmeasured().forEach(step -> unmeasured.addObject()
          .put("time", step.time().toString()).put("account", step.account()).put("missing", step.missing()));
      for (Buffering buffering : Buffering.values()) {
        addBuffering(window.putObject(key(buffering)), settings, result, buffering);
      }
    }
    return json;
  }

  static String key(Buffering buffering) {
    return buffering.name().toLowerCase(Locale.ROOT) + "Buffer";
  }

  private static void addPrices(ObjectNode json, PriceFile file) {
    PriceSeries series = file.series();
    json.put("underlying", series.underlying()).put("file", file.file().toString()).put("barSeconds", series.barSeconds());
    json.put("bars", series.size()).put("first", series.first().toString()).put("last", series.last().toString());
    ArrayNode gaps = json.putArray("gaps");
    series.gaps().forEach(gap -> gaps.addObject()
        .put("after", gap.after().toString()).put("before", gap.before().toString()).put("bars", gap.bars()));
  }

  private static void addBuffering(ObjectNode json, BacktestSettings settings, WindowResult result, Buffering buffering) {
    Coverage coverage = Coverage.of(result.steps(), buffering, settings.target());
    addCoverage(json, coverage, buffering);
    json.put("passMark", passMark(settings, result, coverage));
    ArrayNode days = json.putArray("days");
    result.byDay().forEach((day, steps) -> {
      Coverage ofDay = Coverage.of(steps, buffering, settings.target());
      days.addObject().put("day", day.toString()).put("accountSteps", ofDay.observations()).put("exceedances", ofDay.exceedances().size())
          .put("inside", ofDay.inside()).put("passMark", passMark(settings, result, ofDay));
    });
    ArrayNode exceedances = json.putArray("exceedancesAt");
    coverage.exceedances().forEach(step -> exceedances.add(step(step, buffering)));
    addProcyclicality(json.putObject("bookRequirement"), Procyclicality.bookPath(result, buffering));
    ArrayNode accounts = json.putArray("accounts");
    for (String name : result.accounts()) {
      ObjectNode account = accounts.addObject().put("account", name);
      List<AccountStep> steps = result.of(name);
      addCoverage(account, Coverage.of(steps, buffering, settings.target()), buffering);
      addProcyclicality(account.putObject("requirement"), Procyclicality.path(steps, buffering));
    }
  }

  private static String passMark(BacktestSettings settings, WindowResult result, Coverage coverage) {
    if (result.window().crash()) {
      return "none: a crash window";
    }
    return coverage.observations() == 0 ? "none: nothing measured" : Marks.of(coverage, settings.target());
  }

  private static void addCoverage(ObjectNode json, Coverage coverage, Buffering buffering) {
    json.put("accountSteps", coverage.observations()).put("exceedances", coverage.exceedances().size());
    json.put("inside", coverage.inside());
    if (coverage.kupiec().isPresent()) {
      Kupiec kupiec = coverage.kupiec().get();
      json.putObject("kupiec")
          .put("statistic", kupiec.statistic())
          .put("probability", kupiec.probability())
          .put("rejected", kupiec.rejected());
    } else {
      json.putNull("kupiec");
    }
    json.set("worst", coverage.worst().isPresent() ? step(coverage.worst().get(), buffering) : JsonNodeFactory.instance.nullNode());
  }

  private static ObjectNode step(AccountStep step, Buffering buffering) {
    return JsonNodeFactory.instance.objectNode()
        .put("time", step.time().toString())
        .put("account", step.account())
        .put("loss", step.loss())
        .put("requirement", step.requirement(buffering))
        .put("excess", step.excess(buffering));
  }

  private static void addProcyclicality(ObjectNode json, List<Procyclicality.Level> path) {
    json.put("steps", path.size());
    Procyclicality.of(path).ifPresent(measured -> {
      json.put("peak", measured.peak()).put("trough", measured.trough());
      measured.ratio().ifPresent(ratio -> json.put("peakToTrough", ratio));
      measured.rise().ifPresent(rise -> json.putObject("largestOneDayRise")
          .put("from", rise.from().toString()).put("amount", rise.amount()).put("share", rise.share()));
    });
  }
}
