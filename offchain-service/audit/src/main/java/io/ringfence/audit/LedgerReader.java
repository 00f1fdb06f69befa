package io.ringfence.audit;

import io.ringfence.chain.type.Bytes32;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a ledger by plain SQL, all of it in one snapshot of the database. */
public final class LedgerReader {

  private final String url;

  /** @param url a JDBC URL, with user and password if the server wants them */
  public LedgerReader(String url) {
    this.url = url;
  }

  /**
   * Sums every posting there is.
   *
   * @throws AuditException if the database cannot be read, or follows no chain yet
   */
  public Ledger read() {
    try (Connection connection = DriverManager.getConnection(url)) {
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      try (Statement statement = connection.createStatement()) {
        return read(statement);
      }
    } catch (SQLException failure) {
      throw new AuditException("the ledger cannot be read: " + failure.getMessage() + "; check --jdbc and that the server runs", failure);
    }
  }

  private static Ledger read(Statement statement) throws SQLException {
    long number;
    Bytes32 hash;
    try (ResultSet cursor = statement.executeQuery("SELECT block_number, block_hash FROM chain_cursor")) {
      if (!cursor.next()) {
        throw new AuditException("the ledger has not followed any block yet; wait for the service to start", null);
      }
      number = cursor.getLong(1);
      hash = new Bytes32(cursor.getString(2));
    }
    Map<Line, BigInteger> balances = new HashMap<>();
    try (ResultSet sums = statement.executeQuery("SELECT ledger_account, asset, SUM(amount) FROM posting GROUP BY 1, 2")) {
      while (sums.next()) {
        balances.put(new Line(sums.getString(1), sums.getString(2)), whole(sums.getBigDecimal(3)));
      }
    }
    List<Ledger.Unbalanced> unbalanced = new ArrayList<>();
    try (ResultSet entries =
        statement.executeQuery("SELECT journal_id, asset, SUM(amount) FROM posting GROUP BY 1, 2 HAVING SUM(amount) <> 0 ORDER BY 1, 2")) {
      while (entries.next()) {
        unbalanced.add(new Ledger.Unbalanced(entries.getLong(1), entries.getString(2), whole(entries.getBigDecimal(3))));
      }
    }
    return new Ledger(number, hash, balances, unbalanced);
  }

  private static BigInteger whole(BigDecimal sum) {
    return sum.toBigIntegerExact();
  }
}
