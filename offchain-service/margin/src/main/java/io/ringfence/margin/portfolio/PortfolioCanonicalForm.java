package io.ringfence.margin.portfolio;

import io.ringfence.margin.CanonicalObject;

/** The canonical form of the parameters. They admit only text that needs no escapes. */
final class PortfolioCanonicalForm {

  private PortfolioCanonicalForm() {}

  static CanonicalObject of(PortfolioMarginParameters parameters) {
    return new CanonicalObject()
        .text("model", parameters.model())
        .text("version", parameters.version())
        .list("scenarios", parameters.scenarios().stream().map(PortfolioCanonicalForm::scenario).toList())
        .object("volatility", volatility(parameters.volatility()))
        .object("skew", skew(parameters.skew()))
        .object("discount", discount(parameters.discount()))
        .object("basis", basis(parameters.basis()))
        .object("loss", loss(parameters.loss()))
        .object("contingency", contingency(parameters.contingency()))
        .object("confidence", new CanonicalObject()
            .number("threshold", parameters.confidence().threshold())
            .number("factor", parameters.confidence().factor()))
        .number("settlementWindowSeconds", parameters.settlementWindowSeconds())
        .object("buffer", new CanonicalObject()
            .number("factor", parameters.buffer().factor())
            .number("longRunVolatility", parameters.buffer().longRunVolatility())
            .text("decision", parameters.buffer().decision()))
        .object("collateral", collateral(parameters.collateral()));
  }

  private static CanonicalObject scenario(Scenario scenario) {
    return new CanonicalObject()
        .number("spot", scenario.spot())
        .text("volatility", scenario.volatility().name())
        .number("damping", scenario.damping());
  }

  private static CanonicalObject volatility(VolatilityRange range) {
    return new CanonicalObject()
        .number("up", range.up())
        .number("down", range.down())
        .number("shortPower", range.shortPower())
        .number("longPower", range.longPower())
        .number("floorDays", range.floorDays())
        .number("leastShocked", range.leastShocked());
  }

  private static CanonicalObject skew(SkewRange skew) {
    return new CanonicalObject()
        .number("linearScaleCap", skew.linearScaleCap())
        .number("linearCapPerRoot", skew.linearCapPerRoot())
        .number("absoluteScaleCap", skew.absoluteScaleCap())
        .number("absoluteCapPerRoot", skew.absoluteCapPerRoot())
        .number("leastWidth", skew.leastWidth())
        .number("width", skew.width())
        .number("volatility", skew.volatility())
        .number("volatilityPerRoot", skew.volatilityPerRoot());
  }

  private static CanonicalObject discount(ShockedDiscount discount) {
    return new CanonicalObject()
        .number("longBase", discount.longBase())
        .number("longRate", discount.longRate())
        .number("longSpread", discount.longSpread())
        .number("shortBase", discount.shortBase())
        .number("shortRate", discount.shortRate())
        .number("shortSpread", discount.shortSpread());
  }

  private static CanonicalObject basis(BasisRule basis) {
    return new CanonicalObject()
        .number("up", basis.up())
        .number("down", basis.down())
        .number("base", basis.base())
        .number("perYear", basis.perYear());
  }

  private static CanonicalObject loss(LossFactors loss) {
    return new CanonicalObject()
        .number("initial", loss.initial())
        .number("maintenance", loss.maintenance())
        .number("pegThreshold", loss.pegThreshold())
        .number("pegFactor", loss.pegFactor());
  }

  private static CanonicalObject contingency(PositionRates rates) {
    return new CanonicalObject()
        .number("perpetualMaintenance", rates.perpetualMaintenance())
        .number("perpetualInitial", rates.perpetualInitial())
        .number("optionMaintenance", rates.optionMaintenance())
        .number("optionInitial", rates.optionInitial());
  }

  private static CanonicalObject collateral(CollateralSchedule schedule) {
    CanonicalObject rules = new CanonicalObject();
    schedule.rules().forEach((asset, rule) -> rules.object(asset, new CanonicalObject()
        .number("maintenanceHaircut", rule.maintenanceHaircut())
        .number("initialHaircut", rule.initialHaircut())
        .text("follows", rule.follows())
        .number("cap", rule.cap())
        .list("steps", rule.steps().stream()
            .map(step -> new CanonicalObject().number("from", step.from()).number("added", step.added()))
            .toList())));
    return new CanonicalObject().text("venueToken", schedule.venueToken()).truth("limited", schedule.limited()).object("rules", rules);
  }
}
