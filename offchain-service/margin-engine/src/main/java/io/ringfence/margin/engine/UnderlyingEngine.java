package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.ExpiryShocks;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;

/** One underlying: its table, the accounts' books in it, and an evaluator for each thread. */
final class UnderlyingEngine {

  private final ScenarioTable table;
  private final AssetTable assets;
  private final UnderlyingBooks books;
  private final PortfolioEvaluator[] evaluators;

  UnderlyingEngine(EngineSetup setup, OptionChain chain) {
    PortfolioMarginParameters parameters = setup.parameters();
    ScenarioKernel kernel = setup.path().kernel();
    table = new ScenarioTable(parameters, chain, new ColumnLayout(parameters, kernel.lanes()));
    assets = new AssetTable(chain.underlying(), parameters.collateral());
    books = new UnderlyingBooks(chain, setup.accounts(), setup.expectedPositions());
    evaluators = new PortfolioEvaluator[setup.threads()];
    for (int i = 0; i < evaluators.length; i++) {
      evaluators[i] = new PortfolioEvaluator(parameters, table, assets, books, kernel);
    }
  }

  /** Checks a market; changes nothing. */
  ExpiryShocks[] prepare(UnderlyingMarket market) {
    return table.prepare(market);
  }

  /** Takes over a market that {@link #prepare} has accepted; returns how many rows were computed. */
  int update(UnderlyingMarket market, ExpiryShocks[] prepared, Workers workers) {
    int rows = table.update(market, prepared, workers);
    assets.update(market.assets());
    for (PortfolioEvaluator evaluator : evaluators) {
      evaluator.update(market.market());
    }
    return rows;
  }

  void evaluate(int worker, int account) {
    evaluators[worker].evaluate(account);
  }

  UnderlyingBooks books() {
    return books;
  }

  AssetTable assets() {
    return assets;
  }

  long tableBytes() {
    return table.bytes();
  }
}
