package io.ringfence.service.feed;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;

/** Figures as the database has them. */
final class Figures {
  private Figures() {}

  /** In lowest terms, as {@link RowReader} reads them. */
  static BigDecimal read(Row row, String column) {
    return row.getBigDecimal(column).stripTrailingZeros();
  }
}
