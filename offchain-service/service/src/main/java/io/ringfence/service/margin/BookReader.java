package io.ringfence.service.margin;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.Book;
import io.ringfence.margin.Fill;
import io.ringfence.margin.Instrument;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Reads accounts' books as sums over their fills, which the database adds exactly. Fees are income of the house's book, so that a matched
 * book stays matched.
 */
public final class BookReader {

  private static final String SUMS = """
      SELECT idx, account, instrument, sum(quantity) AS quantity, sum(-quantity * price - fee) AS cash, sum(fee) AS fees
      FROM fill WHERE venue = :venue AND %s
      GROUP BY idx, account, instrument ORDER BY idx, instrument
      """;

  private BookReader() {}

  private record Sum(long idx, String account, String instrument, BigDecimal quantity, BigDecimal cash, BigDecimal fees) {}

  /** Books by leaf index of everything counted up to an epoch. */
  public static Map<Long, AccountBook> upTo(Handle handle, int venue, long epoch, Address house) {
    List<Sum> sums = handle.createQuery(SUMS.formatted("epoch <= :epoch"))
        .bind("venue", venue).bind("epoch", epoch).map((row, context) -> sum(row)).list();
    return books(handle, venue, sums, house);
  }

  /** Books by leaf index of everything accepted so far, counted by a root or not. */
  public static Map<Long, AccountBook> now(Handle handle, int venue, Address house) {
    List<Sum> sums = handle.createQuery(SUMS.formatted("true")).bind("venue", venue).map((row, context) -> sum(row)).list();
    return books(handle, venue, sums, house);
  }

  private static Sum sum(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Sum(
        row.getLong("idx"),
        row.getString("account"),
        row.getString("instrument"),
        row.getBigDecimal("quantity"),
        row.getBigDecimal("cash"),
        row.getBigDecimal("fees"));
  }

  private static Map<Long, AccountBook> books(Handle handle, int venue, List<Sum> sums, Address house) {
    Map<Long, AccountBook> books = new HashMap<>();
    BigDecimal fees = BigDecimal.ZERO;
    for (Sum sum : sums) {
      Book book = books.containsKey(sum.idx()) ? books.get(sum.idx()).book() : Book.EMPTY;
      book = book.credit(sum.cash());
      if (sum.quantity().signum() != 0) {
        book = book.apply(new Fill(Instrument.parse(sum.instrument()), sum.quantity(), BigDecimal.ZERO, BigDecimal.ZERO));
      }
      books.put(sum.idx(), new AccountBook(new Address(sum.account()), sum.idx(), book));
      fees = fees.add(sum.fees());
    }
    if (fees.signum() != 0) {
      creditHouse(handle, venue, books, fees, house);
    }
    return books;
  }

  private static void creditHouse(Handle handle, int venue, Map<Long, AccountBook> books, BigDecimal fees, Address house) {
    handle.createQuery("SELECT idx FROM pledge WHERE venue = :venue AND account = :house AND to_block IS NULL")
        .bind("venue", venue)
        .bind("house", house.hex())
        .mapTo(Long.class)
        .findOne()
        .ifPresent(index -> {
          Book book = books.containsKey(index) ? books.get(index).book() : Book.EMPTY;
          books.put(index, new AccountBook(house, index, book.credit(fees)));
        });
  }
}
