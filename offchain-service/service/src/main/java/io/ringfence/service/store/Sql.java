package io.ringfence.service.store;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Statements of one transaction. Parameters are {@code $1, $2 ...}; arrays go to {@code UNNEST}. Exact numbers travel as text and are cast
 * in the statement ({@code $1::text::numeric}), as the driver would otherwise want its own number type; {@link Exact} reads them.
 */
public final class Sql {
  private final SqlConnection connection;

  Sql(SqlConnection connection) {
    this.connection = connection;
  }

  /** All rows. */
  public List<Row> rows(String statement, Object... parameters) {
    var rows = new ArrayList<Row>();
    run(statement, parameters).forEach(rows::add);
    return rows;
  }

  /** The first row, if any. */
  public Optional<Row> row(String statement, Object... parameters) {
    var rows = run(statement, parameters).iterator();
    return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
  }

  /** The first row of a statement that always has one: an aggregate, for one. */
  public Row one(String statement, Object... parameters) {
    return row(statement, parameters).orElseThrow(() -> new IllegalStateException("no row came of: " + statement));
  }

  /** How many rows the statement changed. */
  public int update(String statement, Object... parameters) {
    return run(statement, parameters).rowCount();
  }

  private RowSet<Row> run(String statement, Object... parameters) {
    return Database.await(connection.preparedQuery(statement).execute(Tuple.from(Arrays.asList(parameters))));
  }
}
