package io.ringfence.service.epoch;

import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** Reads what roots have cut from accounts' results after shortfalls. */
public final class CutReader {

  private CutReader() {}

  /** All that has been cut from each account so far, by leaf index, settlement units. */
  public static Map<Long, BigInteger> ofAll(Sql sql, int venue) {
    return before(sql, venue, Long.MAX_VALUE);
  }

  /** What epochs before one have cut, likewise. */
  static Map<Long, BigInteger> before(Sql sql, int venue, long epoch) {
    Map<Long, BigInteger> cuts = new HashMap<>();
    sql.rows("SELECT idx, sum(amount) AS amount FROM owing_cut WHERE venue = $1 AND epoch < $2 GROUP BY idx", venue, epoch)
        .forEach(row -> cuts.put(row.getLong("idx"), Exact.whole(row, "amount")));
    return cuts;
  }

  /** All that has been cut from one account so far, settlement units. */
  public static BigInteger ofAccount(Sql sql, int venue, long index) {
    return Exact.whole(
        sql.one("SELECT coalesce(sum(amount), 0) AS amount FROM owing_cut WHERE venue = $1 AND idx = $2", venue, index), "amount");
  }
}
