package io.ringfence.margin.cli;

import io.ringfence.margin.EuropeanOption.Right;
import io.ringfence.margin.MarginException;
import io.ringfence.margin.portfolio.CollateralHolding;
import io.ringfence.margin.portfolio.ExpiryMarket;
import io.ringfence.margin.portfolio.ExpiryShocks;
import io.ringfence.margin.portfolio.OptionPosition;
import io.ringfence.margin.portfolio.PerpetualPosition;
import io.ringfence.margin.portfolio.Portfolio;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.PortfolioMarket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a PM2 case: {@code Scenario} is portfolio and market, {@code Parameters} the figures. Members that the model does not need
 * (results, intermediate values, time stamps) may stand there and are not read. What nothing is computed from may be absent: lists of
 * nothing, the perpetual's figures if none is held, confidences that no charge comes of.
 */
final class CaseReader {

  private final PortfolioMarginParameters parameters;
  private final Fields scenario;
  private final boolean charged;
  private final boolean perpetualHeld;
  private final HeldExpiries held = new HeldExpiries();
  private final Set<Long> optionExpiries = new HashSet<>();
  private boolean collateralHeld;

  private CaseReader(PortfolioMarginParameters parameters, Fields scenario) {
    this.parameters = parameters;
    this.scenario = scenario;
    charged = parameters.confidence().threshold() > 0.0 && parameters.confidence().factor() > 0.0;
    perpetualHeld = scenario.number("NumPerps") != 0.0;
  }

  static CaseInput read(Fields root) {
    Fields figures = root.object("Parameters");
    List<CaseScenario> scenarios = CaseParameters.scenarios(figures);
    CaseReader reader = new CaseReader(CaseParameters.read(figures, scenarios), root.object("Scenario"));
    Portfolio portfolio = reader.portfolio();
    PortfolioMarket market = reader.market();
    reader.held.requireQuoted(portfolio, market, "Scenario.OptionFeeds");
    return new CaseInput(new PortfolioInput(reader.parameters, portfolio, market), scenarios);
  }

  private Portfolio portfolio() {
    double cash = scenario.number("Cash");
    PerpetualPosition perpetual = scenario.make(() -> new PerpetualPosition(scenario.number("NumPerps"),
        perpetualHeld ? scenario.number("UnrealisedPerpPNL") : scenario.numberIfGiven("UnrealisedPerpPNL"),
        perpetualHeld ? scenario.number("UnrealisedFunding") : scenario.numberIfGiven("UnrealisedFunding")));
    List<OptionPosition> options = scenario.listIfGiven("Options").stream().map(this::option).toList();
    List<CollateralHolding> collateral = scenario.listIfGiven("Collaterals").stream().map(this::collateral).toList();
    return scenario.make(() -> new Portfolio(cash, perpetual, options, collateral));
  }

  private OptionPosition option(Fields option) {
    long seconds = option.whole("Expiry");
    double strike = option.positive("Strike");
    Right right = option.truth("IsCall") ? Right.CALL : Right.PUT;
    // An expired option has no volatility any more.
    double volatility = seconds > 0 ? option.positive("MarkVol") : 0.0;
    double quantity = option.number("Amount");
    if (quantity != 0.0) {
      held.hold(seconds, option.path("Expiry"));
      optionExpiries.add(seconds);
    }
    return option.make(() -> new OptionPosition(seconds, strike, right, volatility, quantity));
  }

  private CollateralHolding collateral(Fields collateral) {
    String name = collateral.text("Name");
    double amount = collateral.notNegative("Amount");
    collateralHeld = collateralHeld || amount > 0.0;
    double price = collateral.notNegative("Price");
    double confidence = collateral.confidence("Confidence", charged && amount > 0.0);
    double maintenance = collateral.fraction("MMHaircut");
    double initial = collateral.increment("IMHaircut");
    boolean cancelling = collateral.truth("IsRiskCancelling");
    return collateral.make(() -> new CollateralHolding(name, amount, price, confidence, maintenance, initial, cancelling));
  }

  private PortfolioMarket market() {
    double spot = scenario.positive("SpotPrice");
    boolean anything = perpetualHeld || collateralHeld || !optionExpiries.isEmpty();
    double spotConfidence = scenario.confidence("SpotConfidence", charged && anything);
    double perpetual = perpetualHeld ? scenario.positive("PerpPrice") : 0.0;
    double perpetualConfidence = perpetualHeld ? scenario.confidence("PerpConfidence", charged) : 1.0;
    double stable = scenario.positive("StablePrice");
    List<ExpiryMarket> expiries = feeds();
    return scenario.make(() -> new PortfolioMarket(spot, spotConfidence, perpetual, perpetualConfidence, stable, expiries));
  }

  /** One for each expiry; one that is given again with the same figures is the same. */
  private List<ExpiryMarket> feeds() {
    Map<Long, ExpiryMarket> first = new HashMap<>();
    Map<Long, String> paths = new HashMap<>();
    for (Fields given : optionExpiries.isEmpty() ? scenario.listIfGiven("OptionFeeds") : scenario.list("OptionFeeds")) {
      ExpiryMarket feed = feed(given);
      long seconds = feed.secondsToExpiry();
      if (first.containsKey(seconds) && !first.get(seconds).equals(feed)) {
        throw new InputException(given.path("FeedExpiry"),
            "is " + seconds + " as in " + paths.get(seconds) + ", but with other figures; give one of them");
      }
      first.putIfAbsent(seconds, feed);
      paths.putIfAbsent(seconds, given.path());
    }
    return new ArrayList<>(first.values());
  }

  private ExpiryMarket feed(Fields feed) {
    long seconds = feed.whole("FeedExpiry");
    boolean needed = charged && optionExpiries.contains(seconds);
    double forward = feed.positive("Forward");
    double forwardConfidence = feed.confidence("ForwardConfidence", needed);
    double rate = feed.number("Rate");
    double rateConfidence = feed.confidence("RateConfidence", needed);
    double volatilityConfidence = feed.confidence("OptionVolConfidences", needed);
    ExpiryMarket market =
        feed.make(() -> new ExpiryMarket(seconds, forward, forwardConfidence, rate, rateConfidence, volatilityConfidence));
    if (optionExpiries.contains(seconds)) {
      requireComputable(feed, market);
    }
    return market;
  }

  /** Refuses here, where the field is known, what would leave no finite discount. */
  private void requireComputable(Fields feed, ExpiryMarket market) {
    try {
      ExpiryShocks.of(parameters, market);
    } catch (MarginException refused) {
      throw new InputException(feed.path("Rate") + " or Parameters:", refused.getMessage());
    }
  }
}
