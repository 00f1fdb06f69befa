package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.margin.Book;
import io.ringfence.margin.DatedFuture;
import io.ringfence.margin.EuropeanOption;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarginException;
import io.ringfence.margin.MarginResult;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.MissingMarkException;
import io.ringfence.margin.Position;
import io.ringfence.margin.StandardMargin;
import io.ringfence.margin.StandardMarginParameters;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads positions and prices for standard margin; everything stays an exact decimal. */
final class StandardReader {

  private StandardReader() {}

  static ObjectNode compute(Fields root) {
    StandardMarginParameters parameters = ParameterFile.standard(root);
    Instant asOf = OwnFormat.moment(root);
    BigDecimal value = admitted(root, "cash").add(admitted(root, "collateralValue"));
    List<Position> positions = new ArrayList<>();
    for (Fields position : root.list("positions")) {
      Instrument instrument = OwnFormat.instrument(position.path("instrument"), position.text("instrument"));
      BigDecimal quantity = position.decimal("quantity");
      positions.add(position.make(() -> new Position(instrument, quantity)));
      position.requireNoOthers();
    }
    MarketSnapshot market = market(root.object("market"), asOf);
    root.requireNoOthers();
    MarginResult result;
    try {
      result = new StandardMargin(parameters).compute(positions, market);
    } catch (MissingMarkException refused) {
      throw new InputException("market:", refused.getMessage());
    } catch (MarginException refused) {
      throw new InputException("positions:", refused.getMessage());
    }
    return ResultJson.of(result, value, markToMarket(value, positions, market), parameters.canonicalBytes());
  }

  /** Options at their marks on top of cash and collateral. Variation of perpetuals and futures is in the cash. */
  private static BigDecimal markToMarket(BigDecimal value, List<Position> positions, MarketSnapshot market) {
    return positions.stream()
        .filter(position -> position.instrument() instanceof EuropeanOption)
        .map(position -> position.quantity().multiply(market.requireMark(position.instrument())))
        .reduce(value, BigDecimal::add);
  }

  /** An amount whose digits are bounded as those of everything that is booked. */
  private static BigDecimal admitted(Fields root, String name) {
    BigDecimal amount = root.decimal(name);
    return root.make(() -> Book.EMPTY.credit(amount).cash());
  }

  private static MarketSnapshot market(Fields market, Instant asOf) {
    MarketSnapshot.Builder snapshot = MarketSnapshot.at(asOf);
    Fields spots = market.object("spots");
    spots.names().forEach(name -> spots.make(() -> snapshot.spot(name, spots.decimal(name), asOf)));
    Fields forwards = market.object("forwards");
    for (String name : forwards.names()) {
      if (!(OwnFormat.instrument(forwards.path(name), name) instanceof DatedFuture future)) {
        throw new InputException(forwards.path(name), "is not named by underlying and expiry date, like BTC-20260130");
      }
      forwards.make(() -> snapshot.forward(future.underlying(), future.expiry(), forwards.decimal(name), asOf));
    }
    Fields marks = market.object("marks");
    for (String name : marks.names()) {
      Instrument instrument = OwnFormat.instrument(marks.path(name), name);
      marks.make(() -> snapshot.mark(instrument, marks.decimal(name), asOf));
    }
    market.requireNoOthers();
    return snapshot.build();
  }
}
