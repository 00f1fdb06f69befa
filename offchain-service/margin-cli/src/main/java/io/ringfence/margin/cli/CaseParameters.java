package io.ringfence.margin.cli;

import io.ringfence.margin.portfolio.BasisRule;
import io.ringfence.margin.portfolio.CollateralSchedule;
import io.ringfence.margin.portfolio.ConfidenceRule;
import io.ringfence.margin.portfolio.LossFactors;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PositionRates;
import io.ringfence.margin.portfolio.ProcyclicalityBuffer;
import io.ringfence.margin.portfolio.Scenario;
import io.ringfence.margin.portfolio.ShockedDiscount;
import io.ringfence.margin.portfolio.SkewRange;
import io.ringfence.margin.portfolio.VolatilityMove;
import io.ringfence.margin.portfolio.VolatilityRange;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Reads the parameters of a PM2 case. */
final class CaseParameters {

  private static final double SETTLEMENT_WINDOW_SECONDS = 1800.0;
  private static final ProcyclicalityBuffer NONE = ProcyclicalityBuffer.drawnDown("a case file states its own figures");

  private CaseParameters() {}

  static List<CaseScenario> scenarios(Fields parameters) {
    return parameters.list("Scenarios").stream().map(CaseParameters::scenario).toList();
  }

  static PortfolioMarginParameters read(Fields parameters, List<CaseScenario> given) {
    List<Scenario> scenarios = given.stream().map(CaseScenario::scenario).distinct().toList();
    VolatilityRange volatility = volatility(parameters.object("VolShock"));
    SkewRange skew = skew(parameters.object("SkewShock"));
    Fields margin = parameters.object("Margin");
    Fields other = parameters.object("OtherContingency");
    ShockedDiscount discount = discount(margin);
    BasisRule basis = basis(parameters.object("BasisContingency"));
    LossFactors loss = loss(margin, other);
    PositionRates rates = rates(other);
    ConfidenceRule confidence = confidence(other);
    return parameters.make(() -> new PortfolioMarginParameters(
        PortfolioMarginParameters.MODEL, "case", scenarios, volatility, skew, discount, basis, loss, rates, confidence,
        SETTLEMENT_WINDOW_SECONDS, NONE, new CollateralSchedule("", false, Collections.emptySortedMap())));
  }

  private static CaseScenario scenario(Fields scenario) {
    double spot = scenario.notNegative("SpotShock");
    double damping = scenario.notNegative("DampeningFactor");
    String direction = scenario.text("VolShockDirection");
    VolatilityMove move = switch (direction.toUpperCase(Locale.ROOT)) {
      case "UP" -> VolatilityMove.UP;
      case "DOWN" -> VolatilityMove.DOWN;
      case "NONE" -> VolatilityMove.NONE;
      // A linear skew with a move of the spot does not move the options' forwards and stays within the absolute skew's cap.
      case "LINEAR" -> spot == 1.0 ? VolatilityMove.LINEAR_SKEW : VolatilityMove.LINEAR_SKEW_LOW_CAP;
      case "ABS" -> VolatilityMove.ABSOLUTE_SKEW;
      default -> throw new InputException(scenario.path("VolShockDirection"),
          "is \"" + direction + "\"; give Up, Down, None, LINEAR or ABS");
    };
    return new CaseScenario(direction, scenario.make(() -> new Scenario(spot, move, damping)));
  }

  private static VolatilityRange volatility(Fields shock) {
    return shock.make(() -> new VolatilityRange(
        shock.notNegative("VOLRANGEUP"),
        shock.notNegative("VOLRANGEDOWN"),
        shock.notNegative("SHORTTERMPOWER"),
        shock.notNegative("LONGTERMPOWER"),
        shock.notNegative("DTE_FLOOR"),
        shock.notNegative("MIN_VOL_EVAL_SHOCKED")));
  }

  private static SkewRange skew(Fields shock) {
    return shock.make(() -> new SkewRange(
        shock.number("LINEAR_SCALE_CAP"),
        shock.number("LINEAR_CBASE"),
        shock.number("ABS_SCALE_CAP"),
        shock.number("ABS_CBASE"),
        shock.notNegative("MIN_K_STAR"),
        shock.number("MIN_WIDTH_SCALE"),
        shock.number("VOL_PARAM_STATIC"),
        shock.number("VOL_PARAM_SCALE")));
  }

  private static ShockedDiscount discount(Fields margin) {
    return margin.make(() -> new ShockedDiscount(
        margin.notNegative("BASE_STATIC_DISCOUNT"),
        margin.notNegative("LONG_RATE_MULTSCALE"),
        margin.notNegative("LONG_RATE_ADDSCALE"),
        margin.notNegative("BASE_STATIC_DISCOUNT_NEG"),
        margin.notNegative("SHORT_RATE_MULTSCALE"),
        margin.notNegative("SHORT_RATE_ADDSCALE")));
  }

  private static BasisRule basis(Fields basis) {
    return basis.make(() -> new BasisRule(
        basis.notNegative("SCENARIO_SPOT_UP"),
        basis.notNegative("SCENARIO_SPOT_DOWN"),
        basis.notNegative("BASIS_CONT_ADD_FACTOR"),
        basis.notNegative("BASIS_CONT_MULT_FACTOR")));
  }

  private static LossFactors loss(Fields margin, Fields other) {
    return margin.make(() -> new LossFactors(
        margin.notNegative("IM_LOSS_FACTOR"),
        margin.notNegative("MM_LOSS_FACTOR"),
        other.notNegative("PEG_LOSS_THRESHOLD"),
        other.notNegative("PEG_LOSS_FACTOR")));
  }

  private static PositionRates rates(Fields other) {
    return other.make(() -> new PositionRates(
        other.notNegative("MM_PERP_PERCENT"),
        other.increment("IM_PERP_PERCENT"),
        other.notNegative("MM_OPTION_PERCENT"),
        other.increment("IM_OPTION_PERCENT")));
  }

  private static ConfidenceRule confidence(Fields other) {
    return other.make(() -> new ConfidenceRule(other.fraction("CONF_THRESHOLD"), other.notNegative("CONF_MARGIN")));
  }
}
