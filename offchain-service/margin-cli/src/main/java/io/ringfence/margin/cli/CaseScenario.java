package io.ringfence.margin.cli;

import io.ringfence.margin.portfolio.Scenario;

/**
 * A scenario as a case gives it.
 *
 * @param direction of the volatilities, in the case's own word
 * @param scenario what it is to the model
 */
record CaseScenario(String direction, Scenario scenario) {

  String name() {
    return "spot x " + scenario.spot() + ", volatility " + direction
        + (scenario.damping() == 1.0 ? "" : ", damped to " + scenario.damping());
  }
}
