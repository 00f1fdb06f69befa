package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.ExpiryRequirement;
import io.ringfence.margin.LinearRequirement;
import io.ringfence.margin.MarginResult;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.margin.portfolio.Contingencies;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.Scenario;
import io.ringfence.margin.portfolio.WorstCase;
import io.ringfence.reserves.Keccak;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The result as JSON: {@code im}, {@code mm}, {@code markToMarket}, {@code worst}, {@code breakdown}. Doubles are written by the shortest
 * decimal that reads back to them, exact decimals in full.
 */
final class ResultJson {

  /** What a root calls its modelHash: Keccak-256 of the parameters' canonical form. */
  private static final String HASH = "parametersHash";

  private ResultJson() {}

  /**
   * A case: scenarios in its own order and words, so that a reader can match them by position.
   *
   * @param scenarios as the case has them, repetitions among them
   */
  static ObjectNode of(PortfolioMarginResult result, List<CaseScenario> scenarios) {
    ObjectNode json = of(result);
    json.set("worst", outcome(result.worst(), scenarios));
    ObjectNode breakdown = json.withObject("breakdown");
    breakdown.set("maintenanceWorst", outcome(result.maintenanceWorst(), scenarios));
    Map<Scenario, WorstCase.ScenarioOutcome> outcomes = result.outcomes().stream()
        .collect(Collectors.toMap(WorstCase.ScenarioOutcome::scenario, Function.identity()));
    ArrayNode list = breakdown.putArray("scenarios");
    scenarios.forEach(given -> list.add(outcome(outcomes.get(given.scenario()), List.of(given))));
    return json;
  }

  /** In the words of the first of these scenarios that is meant, if it is one. */
  private static ObjectNode outcome(WorstCase worst, List<CaseScenario> scenarios) {
    ObjectNode json = outcome(worst);
    if (worst instanceof WorstCase.ScenarioOutcome outcome) {
      scenarios.stream().filter(given -> given.scenario().equals(outcome.scenario())).findFirst()
          .ifPresent(given -> json.put("name", given.name()).put("volatility", given.direction()));
    }
    return json;
  }

  /**
   * The scan with positions, with the margins and the value of all scans added in the order of their names.
   *
   * @param home the underlying of that scan
   * @param parameters canonical form of the parameters
   */
  static ObjectNode of(String home, SortedMap<String, PortfolioMarginResult> results, byte[] parameters) {
    ObjectNode json = of(results.get(home));
    json.put(HASH, Keccak.of(parameters).hex());
    json.put("im", sum(results, PortfolioMarginResult::initial))
        .put("mm", sum(results, PortfolioMarginResult::maintenance))
        .put("markToMarket", sum(results, PortfolioMarginResult::markToMarket));
    ArrayNode others = json.withObject("breakdown").putArray("collateralScans");
    results.forEach((underlying, result) -> {
      if (!underlying.equals(home)) {
        ObjectNode other = others.addObject().put("underlying", underlying);
        other.setAll(of(result));
        other.remove("breakdown");
        addContingencies(other.putObject("contingencies"), result.contingencies());
      }
    });
    return json;
  }

  private static double sum(SortedMap<String, PortfolioMarginResult> results, ToDoubleFunction<PortfolioMarginResult> figure) {
    return results.values().stream().map(figure::applyAsDouble).reduce(Double::sum).orElseThrow();
  }

  static ObjectNode of(PortfolioMarginResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("im", result.initial()).put("mm", result.maintenance()).put("markToMarket", result.markToMarket());
    json.set("worst", outcome(result.worst()));
    ObjectNode breakdown = json.putObject("breakdown");
    breakdown.put("model", PortfolioMarginParameters.MODEL);
    addValue(breakdown.putObject("value"), result.value());
    ArrayNode scenarios = breakdown.putArray("scenarios");
    result.outcomes().forEach(outcome -> scenarios.add(outcome(outcome)));
    breakdown.set("maintenanceWorst", outcome(result.maintenanceWorst()));
    breakdown.put("basisContingency", result.basis().profit());
    breakdown.put("initialFactor", result.initialFactor()).put("maintenanceFactor", result.maintenanceFactor());
    addContingencies(breakdown.putObject("contingencies"), result.contingencies());
    breakdown.putObject("buffer")
        .put("factor", result.buffer().factor())
        .put("longRunVolatility", result.buffer().longRunVolatility())
        .put("decision", result.buffer().decision())
        .put("risk", result.risk())
        .put("amount", result.bufferAmount());
    return json;
  }

  /**
   * Standard margin: IM and MM are what is left of the account's value after the requirement.
   *
   * @param value cash and collateral after haircuts
   * @param markToMarket the same with the options at their marks
   * @param parameters canonical form of the parameters
   */
  static ObjectNode of(MarginResult result, BigDecimal value, BigDecimal markToMarket, byte[] parameters) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("im", exact(value.subtract(result.initial())))
        .put("mm", exact(value.subtract(result.maintenance())))
        .put("markToMarket", exact(markToMarket));
    ArrayNode parts = JsonNodeFactory.instance.arrayNode();
    result.expiries().forEach(expiry -> parts.add(part(expiry)));
    result.linear().forEach(linear -> parts.add(part(linear)));
    ObjectNode worst = JsonNodeFactory.instance.objectNode().put("name", "none").put("profit", BigDecimal.ZERO);
    for (int i = 0; i < parts.size(); i++) {
      BigDecimal required = parts.get(i).get("initial").decimalValue();
      if (required.compareTo(worst.get("profit").decimalValue().negate()) > 0) {
        worst.put("name", parts.get(i).get("name").textValue()).put("profit", exact(required.negate()));
      }
    }
    json.set("worst", worst);
    ObjectNode breakdown = json.putObject("breakdown");
    breakdown.put("model", StandardMarginParameters.MODEL)
        .put("initial", exact(result.initial()))
        .put("maintenance", exact(result.maintenance()));
    breakdown.set("parts", parts);
    json.put(HASH, Keccak.of(parameters).hex());
    breakdown.putObject("buffer").put("factor", exact(result.bufferFactor())).put("amount", exact(result.bufferAmount()));
    return json;
  }

  /** Without trailing zeros, and without an exponent. */
  private static BigDecimal exact(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static ObjectNode part(ExpiryRequirement expiry) {
    return JsonNodeFactory.instance.objectNode()
        .put("name", expiry.underlying() + " options of " + expiry.expiry())
        .put("initial", exact(expiry.initial().required()))
        .put("maintenance", exact(expiry.maintenance().required()))
        .put("initialBinding", expiry.initial().binding().name())
        .put("maintenanceBinding", expiry.maintenance().binding().name());
  }

  private static ObjectNode part(LinearRequirement linear) {
    return JsonNodeFactory.instance.objectNode()
        .put("name", linear.instrument().name())
        .put("initial", exact(linear.initial()))
        .put("maintenance", exact(linear.maintenance()))
        .put("notional", exact(linear.notional()));
  }

  private static ObjectNode outcome(WorstCase worst) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", worst.name());
    switch (worst) {
      case WorstCase.ScenarioOutcome outcome -> {
        Scenario scenario = outcome.scenario();
        json.put("spot", scenario.spot()).put("volatility", scenario.volatility().name()).put("damping", scenario.damping());
      }
      case WorstCase.BasisContingency basis -> json.put("basis", true);
    }
    return json.put("profit", worst.profit());
  }

  private static void addValue(ObjectNode json, PortfolioMarginResult.Value value) {
    json.put("cash", value.cash()).put("perpetual", value.perpetual()).put("collateral", value.collateral());
    addExpiries(json.putArray("futures"), value.futures());
    addExpiries(json.putArray("options"), value.expiries());
  }

  private static void addExpiries(ArrayNode json, List<PortfolioMarginResult.ExpiryValue> expiries) {
    expiries.forEach(expiry -> json.addObject().put("secondsToExpiry", expiry.secondsToExpiry()).put("value", expiry.value()));
  }

  private static void addContingencies(ObjectNode json, Contingencies contingencies) {
    addCharge(json.putObject("perpetual"), contingencies.perpetual());
    addCharge(json.putObject("futures"), contingencies.futures());
    addCharge(json.putObject("options").put("nakedShorts", contingencies.nakedShorts()), contingencies.options());
    ArrayNode collateral = json.putArray("collateral");
    contingencies.collateral().forEach(haircut ->
        addCharge(collateral.addObject().put("asset", haircut.asset()).put("value", haircut.value()), haircut.charge()));
    ArrayNode confidence = json.putArray("confidence");
    contingencies.confidence().forEach(doubt -> confidence.addObject()
        .put("subject", doubt.subject())
        .put("confidence", doubt.confidence())
        .put("notional", doubt.notional())
        .put("initial", doubt.initial()));
    json.put("maintenance", contingencies.maintenance()).put("initial", contingencies.initial());
  }

  private static void addCharge(ObjectNode json, Contingencies.Charge charge) {
    json.put("maintenance", charge.maintenance()).put("initial", charge.initial());
  }
}
