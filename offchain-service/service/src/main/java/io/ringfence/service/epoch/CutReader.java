package io.ringfence.service.epoch;

import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import java.math.BigInteger;

/** Reads what roots have cut from accounts' results after shortfalls. */
public final class CutReader {

  private CutReader() {}

  /** All that has been cut from one account so far, settlement units. */
  public static BigInteger ofAccount(Sql sql, int venue, long index) {
    return Exact.whole(
        sql.one("SELECT coalesce(sum(amount), 0) AS amount FROM owing_cut WHERE venue = $1 AND idx = $2", venue, index), "amount");
  }
}
