package io.ringfence.service.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Transactions on the reactive pool for code that may wait: worker threads, virtual threads, threads of its own; on an event loop each is
 * refused with an {@link IllegalStateException}. Every wait has a limit: what takes longer fails, as does what a lost connection cuts
 * off, and nothing of it is committed unless the commit itself was under way. Safe for use by many threads.
 */
@ApplicationScoped
public class Database {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private final Pool pool;

  /** On the application's pool. */
  public Database(Pool pool) {
    this.pool = pool;
  }

  /**
   * Does {@code work} in one transaction: committed when it returns, rolled back when it throws. Work must not ask for a transaction of
   * its own: with every connection held by work that waits for a second one, all would wait.
   */
  public <T> T inTransaction(Function<Sql, T> work) {
    SqlConnection connection = await(pool.getConnection());
    T result;
    try {
      Transaction transaction = await(connection.begin());
      try {
        result = work.apply(new Sql(connection));
      } catch (RuntimeException | Error e) {
        attempt(transaction.rollback(), e);
        throw e;
      }
      await(transaction.commit());
    } catch (RuntimeException | Error e) {
      attempt(connection.close(), e);
      throw e;
    }
    connection.closeAndForget();
    return result;
  }

  /** As {@link #inTransaction}, for work without an answer. */
  public void useTransaction(Consumer<Sql> work) {
    inTransaction(sql -> {
      work.accept(sql);
      return null;
    });
  }

  static <T> T await(Uni<T> answer) {
    return answer.await().atMost(LIMIT);
  }

  /** What goes wrong while cleaning up must not hide why. */
  private static void attempt(Uni<Void> cleaning, Throwable cause) {
    try {
      await(cleaning);
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
