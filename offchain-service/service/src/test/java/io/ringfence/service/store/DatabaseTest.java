package io.ringfence.service.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.service.testing.ServiceTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions as callers may rely on them: exact, whole or not at all, and loud about a connection that is gone. */
@ServiceTest
class DatabaseTest {
  private static final int MORE_THAN_THE_POOL = 40;

  @Inject Database database;
  @Inject Vertx vertx;

  @BeforeEach
  void emptyTable() {
    database.useTransaction(sql -> {
      sql.update("CREATE UNLOGGED TABLE IF NOT EXISTS database_test (amount numeric NOT NULL)");
      sql.update("DELETE FROM database_test");
    });
  }

  @Test
  void amountsOfEverySizeKeepEveryDigit() {
    BigInteger big = BigInteger.TWO.pow(200).add(BigInteger.ONE);
    for (BigInteger amount : List.of(big, big.negate(), BigInteger.TEN.pow(77), BigInteger.ZERO, BigInteger.valueOf(Long.MIN_VALUE))) {
      assertThat(whole("SELECT $1::text::numeric(78, 0) AS n", amount.toString())).isEqualTo(amount);
    }
    database.useTransaction(sql -> sql.update(
        "INSERT INTO database_test SELECT unnest($1::text[])::numeric", (Object) new String[] {big.toString(), big.toString(), "-1"}));
    assertThat(whole("SELECT sum(amount) AS n FROM database_test")).isEqualTo(big.add(big).subtract(BigInteger.ONE));
    var fraction = new BigDecimal("1234567890123456789012345678.000000000000000000000000000000123");
    BigDecimal kept =
        database.inTransaction(sql -> sql.one("SELECT $1::text::numeric AS n", fraction.toPlainString()).getBigDecimal("n"));
    assertThat(kept).isEqualTo(fraction);
    assertThatThrownBy(() -> whole("SELECT 0.5::numeric AS n")).isInstanceOf(ArithmeticException.class);
    assertThat(whole("SELECT NULL::numeric AS n")).isNull();
  }

  @Test
  void workThatThrowsLeavesNothingAndReturnsItsConnection() {
    for (int i = 0; i < MORE_THAN_THE_POOL; i++) {
      assertThatThrownBy(() -> database.useTransaction(sql -> {
        insert(sql);
        throw new IllegalStateException("on purpose");
      })).isInstanceOf(IllegalStateException.class).hasMessage("on purpose");
      assertThatThrownBy(() -> database.useTransaction(sql -> {
        insert(sql);
        sql.update("SELECT 1 / 0");
      })).hasMessageContaining("division by zero");
    }
    assertThat(rows()).isZero();
  }

  @Test
  void connectionLostInTheMiddleFailsTheWorkAndKeepsNothing() {
    assertThatThrownBy(() -> database.useTransaction(sql -> {
      insert(sql);
      terminate(sql);
      insert(sql);
    })).isInstanceOf(RuntimeException.class);
    assertThat(rows()).isZero();
  }

  @Test
  void connectionLostBeforeTheCommitFailsTheWorkAndKeepsNothing() {
    assertThatThrownBy(() -> database.useTransaction(sql -> {
      insert(sql);
      terminate(sql);
    })).isInstanceOf(RuntimeException.class);
    assertThat(rows()).isZero();
    database.useTransaction(DatabaseTest::insert);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void eventLoopsAreRefusedAndHoldNoConnection() throws Exception {
    for (int i = 0; i < MORE_THAN_THE_POOL; i++) {
      var refused = new CompletableFuture<Throwable>();
      vertx.runOnContext(nothing -> {
        try {
          database.useTransaction(DatabaseTest::insert);
          refused.complete(null);
        } catch (RuntimeException e) {
          refused.complete(e);
        }
      });
      assertThat(refused.get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
    }
    assertThat(rows()).isZero();
  }

  @Test
  void serverEndsAStatementBeforeItsCallerStopsWaiting() {
    String limit = database.inTransaction(sql -> sql.one("SELECT setting FROM pg_settings WHERE name = 'statement_timeout'").getString(0));
    assertThat(Long.parseLong(limit)).isPositive().isLessThan(Database.LIMIT.toMillis());
  }

  @Test
  void moreWorkThanConnectionsWaitsForItsTurn() {
    IntStream.range(0, MORE_THAN_THE_POOL)
        .mapToObj(i -> CompletableFuture.runAsync(() -> database.useTransaction(DatabaseTest::insert), Thread::startVirtualThread))
        .toList()
        .forEach(CompletableFuture::join);
    assertThat(rows()).isEqualTo(MORE_THAN_THE_POOL);
  }

  private BigInteger whole(String statement, Object... parameters) {
    return database.inTransaction(sql -> Exact.whole(sql.one(statement, parameters), "n"));
  }

  private long rows() {
    return database.inTransaction(sql -> sql.one("SELECT count(*) AS n FROM database_test").getLong("n"));
  }

  private static void insert(Sql sql) {
    sql.update("INSERT INTO database_test VALUES (1)");
  }

  /** Cuts the connection that {@code sql} works on, from another one. */
  private void terminate(Sql sql) {
    int server = sql.one("SELECT pg_backend_pid() AS pid").getInteger("pid");
    database.useTransaction(other -> other.row("SELECT pg_terminate_backend($1, 5000)", server));
  }
}
