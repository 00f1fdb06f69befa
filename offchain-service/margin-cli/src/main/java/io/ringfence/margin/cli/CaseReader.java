package io.ringfence.margin.cli;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.portfolio.CollateralHolding;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.List;

/**
 * Reads a PM2 case: {@code Scenario} is portfolio and market, {@code Parameters} the figures. Members that the model does not need
 * (results, intermediate values, time stamps) may stand there and are not read.
 */
final class CaseReader {

  private CaseReader() {}

  static PortfolioInput read(Fields root) {
    Fields scenario = root.object("Scenario");
    return new PortfolioInput(CaseParameters.read(root.object("Parameters")), portfolio(scenario), market(scenario));
  }

  private static Portfolio portfolio(Fields scenario) {
    double cash = scenario.number("Cash");
    PerpetualPosition perpetual = new PerpetualPosition(
        scenario.number("NumPerps"), scenario.number("UnrealisedPerpPNL"), scenario.number("UnrealisedFunding"));
    List<OptionPosition> options = scenario.list("Options").stream().map(CaseReader::option).toList();
    List<CollateralHolding> collateral = scenario.list("Collaterals").stream().map(CaseReader::collateral).toList();
    return scenario.make(() -> new Portfolio(cash, perpetual, options, collateral));
  }

  private static OptionPosition option(Fields option) {
    long seconds = option.whole("Expiry");
    double strike = option.positive("Strike");
    Right right = option.truth("IsCall") ? Right.CALL : Right.PUT;
    // An expired option has no volatility any more.
    double volatility = seconds > 0 ? option.positive("MarkVol") : 0.0;
    double quantity = option.number("Amount");
    return option.make(() -> new OptionPosition(seconds, strike, right, volatility, quantity));
  }

  private static CollateralHolding collateral(Fields collateral) {
    String name = collateral.text("Name");
    double amount = collateral.notNegative("Amount");
    double price = collateral.notNegative("Price");
    double confidence = collateral.fraction("Confidence");
    double maintenance = collateral.fraction("MMHaircut");
    double initial = collateral.fraction("IMHaircut");
    boolean cancelling = collateral.truth("IsRiskCancelling");
    return collateral.make(() -> new CollateralHolding(name, amount, price, confidence, maintenance, initial, cancelling));
  }

  private static PortfolioMarket market(Fields scenario) {
    double spot = scenario.positive("SpotPrice");
    double spotConfidence = scenario.fraction("SpotConfidence");
    boolean held = scenario.number("NumPerps") != 0.0;
    double perpetual = held ? scenario.positive("PerpPrice") : scenario.notNegative("PerpPrice");
    double perpetualConfidence = scenario.fraction("PerpConfidence");
    double stable = scenario.positive("StablePrice");
    List<ExpiryMarket> expiries = scenario.list("OptionFeeds").stream().map(CaseReader::feed).toList();
    return scenario.make(() -> new PortfolioMarket(spot, spotConfidence, perpetual, perpetualConfidence, stable, expiries));
  }

  private static ExpiryMarket feed(Fields feed) {
    long seconds = feed.whole("FeedExpiry");
    double forward = feed.positive("Forward");
    double forwardConfidence = feed.fraction("ForwardConfidence");
    double rate = feed.number("Rate");
    double rateConfidence = feed.fraction("RateConfidence");
    double volatilityConfidence = feed.fraction("OptionVolConfidences");
    return feed.make(() -> new ExpiryMarket(seconds, forward, forwardConfidence, rate, rateConfidence, volatilityConfidence));
  }
}
