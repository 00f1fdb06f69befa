package io.ringfence.service.epoch;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jdbi.v3.core.Handle;

/** Reads what roots have cut from accounts' results after shortfalls. */
public final class CutReader {

  private CutReader() {}

  /** All that has been cut from one account so far, settlement units. */
  public static BigInteger ofAccount(Handle handle, int venue, long index) {
    return handle.createQuery("SELECT coalesce(sum(amount), 0) FROM owing_cut WHERE venue = :venue AND idx = :index")
        .bind("venue", venue).bind("index", index).mapTo(BigDecimal.class).one().toBigIntegerExact();
  }
}
