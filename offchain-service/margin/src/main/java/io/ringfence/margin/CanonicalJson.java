package io.ringfence.margin;

import java.util.List;

/**
 * The canonical form of the standard model's parameters. {@link StandardMarginParameters} admits only text that needs no escapes.
 */
final class CanonicalJson {

  private CanonicalJson() {}

  static String write(StandardMarginParameters parameters) {
    StandardMarginParameters.OptionRates option = parameters.option();
    StandardMarginParameters.Buffer buffer = parameters.buffer();
    CanonicalObject tiers = new CanonicalObject();
    parameters.linear().forEach((underlying, list) -> tiers.list(underlying, tiers(list)));
    return new CanonicalObject()
        .text("model", parameters.model())
        .text("version", parameters.version())
        .object("option", new CanonicalObject()
            .number("initial", option.initial())
            .number("initialFloor", option.initialFloor())
            .number("maintenanceCall", option.maintenanceCall())
            .number("maintenancePut", option.maintenancePut())
            .number("maintenancePutMark", option.maintenancePutMark())
            .number("unpairedInitial", option.unpairedInitial())
            .number("unpairedMaintenance", option.unpairedMaintenance()))
        .object("linear", tiers)
        .object("buffer", new CanonicalObject().number("factor", buffer.factor()).text("decision", buffer.decision()))
        .write();
  }

  private static List<CanonicalObject> tiers(List<StandardMarginParameters.LinearTier> tiers) {
    return tiers.stream()
        .map(tier -> new CanonicalObject()
            .number("from", tier.from())
            .number("initial", tier.initial())
            .number("maintenance", tier.maintenance()))
        .toList();
  }
}
