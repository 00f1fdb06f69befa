package io.ringfence.service.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;

/**
 * Transactions on the reactive pool for code that may wait: worker threads, virtual threads, threads of its own; never an event loop.
 * Safe for use by many threads.
 */
@ApplicationScoped
public class Database {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Pool pool;

  /** On the application's pool. */
  public Database(Pool pool) {
    this.pool = pool;
  }

  /** Does {@code work} in one transaction: committed when it returns, rolled back when it throws. */
  public <T> T inTransaction(Function<Sql, T> work) {
    SqlConnection connection = await(pool.getConnection());
    try {
      Transaction transaction = await(connection.begin());
      T result;
      try {
        result = work.apply(new Sql(connection));
      } catch (RuntimeException | Error e) {
        rollBack(transaction, e);
        throw e;
      }
      await(transaction.commit());
      return result;
    } finally {
      await(connection.close());
    }
  }

  private static void rollBack(Transaction transaction, Throwable cause) {
    try {
      await(transaction.rollback());
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  static <T> T await(Uni<T> answer) {
    return answer.await().atMost(LIMIT);
  }
}
