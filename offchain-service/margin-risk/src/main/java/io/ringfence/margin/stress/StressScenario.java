package io.ringfence.margin.stress;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Admitted;
import io.ringfence.margin.risk.MarketState;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A move of the whole market at once: no time passes, nobody can act.
 *
 * @param name unique in a set
 * @param source where its figures come from
 * @param moves by underlying; under {@value #EVERY_OTHER} that of all underlyings not named
 */
public record StressScenario(String name, String source, SortedMap<String, Move> moves) {

  /** The key of the move of every underlying that has none of its own. */
  public static final String EVERY_OTHER = "*";

  private static final int MOST_SOURCE = 500;

  /**
   * What happens to one underlying.
   *
   * @param spot fraction that the price moves by, above -1: -0.4 is 40% down
   * @param volatility positive multiple of its level: 2 doubles it
   */
  public record Move(double spot, double volatility) {
    /** Refuses figures out of range. */
    public Move {
      if (Admitted.any("spot", spot) <= -1.0) {
        throw new InvalidFigureException("spot", "is " + spot + "; give a move above -1, like -0.4 for 40% down");
      }
      volatility = Admitted.positive("volatility", volatility);
    }
  }

  /** Copies. */
  public StressScenario {
    name = Admitted.name("name of a scenario", name);
    if (source == null || source.isBlank() || source.length() > MOST_SOURCE) {
      throw new InvalidFigureException("source of scenario " + name, "is not a text of at most " + MOST_SOURCE + " characters");
    }
    moves = Collections.unmodifiableSortedMap(new TreeMap<>(moves));
  }

  /** The market after the move; refuses an underlying that the scenario says nothing of. */
  public MarketState applied(MarketState market) {
    SortedMap<String, MarketState.Spot> spots = new TreeMap<>();
    market.spots().forEach((underlying, spot) -> {
      Move move = moves.getOrDefault(underlying, moves.get(EVERY_OTHER));
      if (move == null) {
        throw new InvalidFigureException("scenario " + name,
            "does not move " + underlying + "; add a move of it, or one of \"" + EVERY_OTHER + "\"");
      }
      spots.put(underlying, new MarketState.Spot(spot.price() * (1.0 + move.spot()), spot.volatility() * move.volatility()));
    });
    return new MarketState(market.time(), spots, market.constantPrices(), market.surface(), market.rate());
  }
}
