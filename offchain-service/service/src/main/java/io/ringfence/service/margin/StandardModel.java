package io.ringfence.service.margin;

import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.Linear;
import io.ringfence.margin.MarginResult;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.StandardMargin;
import io.ringfence.margin.StandardMarginParameters;
import java.util.List;

/** Requirements position by position; the collateral does not bear on them. */
final class StandardModel implements MarginModel {

  private final StandardMargin margin;

  StandardModel(StandardMarginParameters parameters) {
    margin = new StandardMargin(parameters);
  }

  @Override
  public byte[] parameters() {
    return margin.parameters().canonicalBytes();
  }

  @Override
  public List<Requirement> requirements(List<MarginSubject> subjects, MarginMarket market) {
    MarketSnapshot snapshot = market.quotes().snapshot(subjects.stream().map(MarginSubject::book).toList());
    int decimals = market.collateral().settlementDecimals();
    return subjects.stream()
        .map(subject -> margin.compute(subject.book().positions(), snapshot))
        .map(result -> new Requirement(result.leafInitial(decimals).units(), result.leafMaintenance(decimals).units()))
        .toList();
  }

  @Override
  public Breakdown breakdown(MarginSubject subject, MarginMarket market) {
    MarginResult result = margin.compute(subject.book().positions(), market.quotes().snapshot(List.of(subject.book())));
    return new Breakdown.Standard(result);
  }

  @Override
  public List<QuoteNeed> needs(Instrument instrument) {
    QuoteNeed mark = new QuoteNeed(MarketQuotes.Kind.MARK, instrument.name(), true);
    return switch (instrument) {
      case Linear _ -> List.of(mark);
      case EuropeanOption option -> List.of(mark, QuoteNames.spot(option), QuoteNames.forward(option));
    };
  }
}
