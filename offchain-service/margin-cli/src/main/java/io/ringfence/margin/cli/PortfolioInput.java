package io.ringfence.margin.cli;

import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMargin;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.margin.portfolio.PortfolioMarket;

/** All that portfolio margin needs. */
record PortfolioInput(PortfolioMarginParameters parameters, Portfolio portfolio, PortfolioMarket market) {

  PortfolioMarginResult compute() {
    return new PortfolioMargin(parameters).compute(portfolio, market);
  }
}
