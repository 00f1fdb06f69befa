package io.ringfence.margin;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The canonical form of the parameters. Strings are written without escapes: {@link StandardMarginParameters} admits only text that needs
 * none.
 */
final class CanonicalJson {

  private CanonicalJson() {}

  static String write(StandardMarginParameters parameters) {
    StandardMarginParameters.OptionRates option = parameters.option();
    StandardMarginParameters.Buffer buffer = parameters.buffer();
    Map<String, String> tiers = new TreeMap<>();
    parameters.linear().forEach((underlying, list) -> tiers.put(underlying, tiers(list)));
    return object(Map.of(
        "model", text(parameters.model()),
        "option", object(Map.of(
            "initial", number(option.initial()),
            "initialFloor", number(option.initialFloor()),
            "maintenanceCall", number(option.maintenanceCall()),
            "maintenancePut", number(option.maintenancePut()),
            "maintenancePutMark", number(option.maintenancePutMark()),
            "unpairedInitial", number(option.unpairedInitial()),
            "unpairedMaintenance", number(option.unpairedMaintenance()))),
        "linear", object(tiers),
        "buffer", object(Map.of("factor", number(buffer.factor()), "decision", text(buffer.decision())))));
  }

  private static String tiers(List<StandardMarginParameters.LinearTier> tiers) {
    return tiers.stream()
        .map(tier -> object(Map.of(
            "from", number(tier.from()), "initial", number(tier.initial()), "maintenance", number(tier.maintenance()))))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String object(Map<String, String> members) {
    return new TreeMap<>(members).entrySet().stream()
        .map(member -> text(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String number(BigDecimal value) {
    return text(value.toPlainString());
  }

  private static String text(String value) {
    return "\"" + value + "\"";
  }
}
