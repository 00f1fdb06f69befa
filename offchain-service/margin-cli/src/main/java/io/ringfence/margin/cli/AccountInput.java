package io.ringfence.margin.cli;

import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that portfolio margin of an account needs: a scan of the underlying with positions, and one of each other that collateral follows.
 *
 * @param underlying the one with cash, positions and all other collateral
 * @param scans by underlying, that one among them
 */
record AccountInput(String underlying, SortedMap<String, PortfolioInput> scans) {

  PortfolioMarginParameters parameters() {
    return scans.get(underlying).parameters();
  }

  SortedMap<String, PortfolioMarginResult> compute() {
    SortedMap<String, PortfolioMarginResult> results = new TreeMap<>();
    scans.forEach((scan, input) -> results.put(scan, input.compute()));
    return results;
  }
}
