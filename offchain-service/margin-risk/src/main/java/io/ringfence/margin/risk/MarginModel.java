package io.ringfence.margin.risk;

/** Either model, for an account of several underlyings. */
public sealed interface MarginModel permits PortfolioModel, StandardModel {

  /**
   * The initial margin of an account in a market.
   *
   * @throws io.ringfence.margin.MarginException if a price that it needs is not there
   */
  InitialMargin initial(OpenPositions positions, MarketState market);

  /** The same model with its anti-procyclical buffer drawn down completely. */
  MarginModel withoutBuffer();

  /** Its name, for a report. */
  String name();
}
