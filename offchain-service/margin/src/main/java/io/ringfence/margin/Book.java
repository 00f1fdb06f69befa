package io.ringfence.margin;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an account has traded since its pledge: exact cash and open quantities. A value; every change makes a new one.
 *
 * <p>Cash is the sum of {@code -quantity x price - fee} over its fills plus everything credited (funding, fee income, negative for
 * charges). With {@code quantity x price} of the open perpetuals and futures added it is the cumulative net result N. Open options add
 * nothing: their premium is in the cash, their mark only in the requirement.
 */
public final class Book {

  /** A book without trades. */
  public static final Book EMPTY = new Book(BigDecimal.ZERO, Collections.emptySortedMap());

  private final BigDecimal cash;
  private final SortedMap<Instrument, BigDecimal> quantities;

  private Book(BigDecimal cash, SortedMap<Instrument, BigDecimal> quantities) {
    this.cash = Figures.canonical(cash);
    this.quantities = quantities;
  }

  /** The book with one more fill. */
  public Book apply(Fill fill) {
    BigDecimal paid = fill.quantity().multiply(fill.price()).add(fill.fee());
    SortedMap<Instrument, BigDecimal> changed = new TreeMap<>(quantities);
    BigDecimal open = changed.getOrDefault(fill.instrument(), BigDecimal.ZERO).add(fill.quantity());
    if (open.signum() == 0) {
      changed.remove(fill.instrument());
    } else {
      changed.put(fill.instrument(), Figures.any("open quantity of " + fill.instrument().name(), open));
    }
    return new Book(cash.subtract(paid), changed);
  }

  /** The book with an amount of settlement asset earned (funding received, fee income), or paid if negative. */
  public Book credit(BigDecimal amount) {
    return new Book(cash.add(Figures.any("credited amount", amount)), quantities);
  }

  /**
   * The book after the cash settlement of an expired instrument; unchanged if it holds none.
   *
   * @param settlementPrice the underlying's settlement price, zero or more
   */
  public Book settle(Expiring instrument, BigDecimal settlementPrice) {
    BigDecimal payoff = instrument.payoff(settlementPrice);
    BigDecimal open = quantities.get(instrument);
    return open == null ? this : apply(new Fill(instrument, open.negate(), payoff, BigDecimal.ZERO));
  }

  /** The book of a sequence of fills; their order does not matter. */
  public static Book of(Iterable<Fill> fills) {
    Book book = EMPTY;
    for (Fill fill : fills) {
      book = book.apply(fill);
    }
    return book;
  }

  /** Settlement asset received less paid, exact. */
  public BigDecimal cash() {
    return cash;
  }

  /** The open positions in the order of their names, none of them zero. */
  public List<Position> positions() {
    return quantities.entrySet().stream().map(entry -> new Position(entry.getKey(), entry.getValue())).toList();
  }

  /**
   * The cumulative net result N at the snapshot's prices, exact and before rounding.
   *
   * @throws MissingMarkException if an open perpetual or future has no price
   * @throws ExpiredInstrumentException if an open position has expired and is not settled
   */
  public BigDecimal netValue(MarketSnapshot market) {
    BigDecimal net = cash;
    for (Map.Entry<Instrument, BigDecimal> open : quantities.entrySet()) {
      market.requireLive(open.getKey());
      net = switch (open.getKey()) {
        case Linear linear -> net.add(open.getValue().multiply(market.requireMark(linear)));
        case EuropeanOption option -> net;
      };
    }
    return net;
  }

  /**
   * N in settlement base units, rounded down (towards a smaller credit or a larger debit).
   *
   * @param settlementDecimals decimals of the settlement asset, 6 for USDC
   * @throws LeafOverflowException if it does not fit a leaf
   */
  public NetResult net(MarketSnapshot market, int settlementDecimals) {
    return new NetResult(BaseUnits.of(netValue(market), settlementDecimals, RoundingMode.FLOOR));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Book book && cash.equals(book.cash) && quantities.equals(book.quantities);
  }

  @Override
  public int hashCode() {
    return 31 * cash.hashCode() + quantities.hashCode();
  }

  @Override
  public String toString() {
    return "Book[cash=" + cash.toPlainString() + ", positions=" + positions() + "]";
  }
}
