package io.ringfence.service.store;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads columns of type {@code numeric}, whatever their size, without losing a digit. */
public final class Exact {
  private Exact() {}

  /** A whole number: an amount in smallest units. Null if the column is; an {@link ArithmeticException} if it has a fraction. */
  public static BigInteger whole(Row row, String column) {
    BigDecimal value = row.getBigDecimal(column);
    return value == null ? null : value.toBigIntegerExact();
  }
}
