package io.ringfence.margin.cli;

import io.ringfence.margin.portfolio.PortfolioMarginResult;
import java.util.List;

/**
 * A case as read.
 *
 * @param input what is computed
 * @param scenarios in the case's order, repetitions among them; the model takes each once
 */
record CaseInput(PortfolioInput input, List<CaseScenario> scenarios) {

  PortfolioMarginResult compute() {
    return input.compute();
  }
}
