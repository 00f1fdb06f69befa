package io.ringfence.service.margin;

import io.ringfence.chain.type.Address;
import io.ringfence.margin.Book;
import io.ringfence.margin.Fill;
import io.ringfence.margin.Instrument;
import io.ringfence.service.store.Sql;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads accounts' books as sums over their fills, which the database adds exactly. Fees are income of the house's book, so that a matched
 * book stays matched.
 */
public final class BookReader {

  private static final String SUMS = """
      SELECT idx, account, instrument, sum(quantity) AS quantity, sum(-quantity * price - fee) AS cash, sum(fee) AS fees
      FROM fill WHERE venue = $1 %s
      GROUP BY idx, account, instrument ORDER BY idx, instrument
      """;

  private BookReader() {}

  private record Sum(long idx, String account, String instrument, BigDecimal quantity, BigDecimal cash, BigDecimal fees) {}

  /** Books by leaf index of everything counted up to an epoch. */
  public static Map<Long, AccountBook> upTo(Sql sql, int venue, long epoch, Address house) {
    return books(sql, venue, sums(sql.rows(SUMS.formatted("AND epoch <= $2"), venue, epoch)), house);
  }

  /** Books by leaf index of everything accepted so far, counted by a root or not. */
  public static Map<Long, AccountBook> now(Sql sql, int venue, Address house) {
    return books(sql, venue, sums(sql.rows(SUMS.formatted(""), venue)), house);
  }

  private static List<Sum> sums(List<Row> rows) {
    return rows.stream()
        .map(row -> new Sum(
            row.getLong("idx"),
            row.getString("account"),
            row.getString("instrument"),
            row.getBigDecimal("quantity"),
            row.getBigDecimal("cash"),
            row.getBigDecimal("fees")))
        .toList();
  }

  private static Map<Long, AccountBook> books(Sql sql, int venue, List<Sum> sums, Address house) {
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
      creditHouse(sql, venue, books, fees, house);
    }
    return books;
  }

  private static void creditHouse(Sql sql, int venue, Map<Long, AccountBook> books, BigDecimal fees, Address house) {
    sql.row("SELECT idx FROM pledge WHERE venue = $1 AND account = $2 AND to_block IS NULL", venue, house.hex())
        .map(row -> row.getLong("idx"))
        .ifPresent(index -> {
          Book book = books.containsKey(index) ? books.get(index).book() : Book.EMPTY;
          books.put(index, new AccountBook(house, index, book.credit(fees)));
        });
  }
}
