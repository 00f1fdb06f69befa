package io.ringfence.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.LogPosition;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.ringfence.service.testing.ServiceTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.math.BigInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lots are numbered by pledge and asset: the same number can be live more than once. */
@ServiceTest
class AuctionProjectionTest {
  private static final Address ACCOUNT = new Address("0x" + "a7".repeat(20));
  private static final Address TOKEN = new Address("0x" + "70".repeat(20));
  private static final Address KEEPER = new Address("0x" + "c0".repeat(20));
  private static final BigInteger LOT = BigInteger.TWO.pow(71);

  @Inject Database database;

  @BeforeEach
  void openAccount() {
    database.useTransaction(sql -> sql.update("""
        INSERT INTO account (address, owner, number, opened_block, venue, idx, status) VALUES ($1, $1, 0, 1, 1, 80001, 'LOSS_FIXED')
        """, ACCOUNT.hex()));
  }

  @AfterEach
  void forget() {
    database.useTransaction(sql -> {
      sql.update("DELETE FROM account WHERE address = $1", ACCOUNT.hex());
      sql.update("DELETE FROM auction_lot WHERE account = $1", ACCOUNT.hex());
      sql.update("DELETE FROM take WHERE id < 0");
    });
  }

  @Test
  void aLotThatWasClosedIsLiveAgainUnderItsNumber() {
    database.useTransaction(sql -> {
      var auctions = new AuctionProjection(sql);
      auctions.apply(started(5, 100));
      auctions.apply(new ChainEvent.LotTaken(at(6), LOT, KEEPER, KEEPER, units(40), BigInteger.ONE, units(4)), -1);
      auctions.apply(new ChainEvent.LotReset(at(7), LOT, units(9), units(8), 70, 1));
      auctions.apply(new ChainEvent.LotClosed(at(8), LOT, units(60)));
      assertThat(lot(sql).getString("state")).isEqualTo("closed");
      auctions.apply(started(9, 60));
      Row again = lot(sql);
      assertThat(again.getString("state")).isEqualTo("live");
      assertThat(again.getBigDecimal("remaining")).isEqualByComparingTo("60");
      assertThat(again.getInteger("resets")).isZero();
      assertThat(again.getLong("started_block")).isEqualTo(9);
      assertThat(again.getLong("closed_block")).isNull();
      assertThat(again.getBigDecimal("unsold")).isNull();
    });
  }

  @Test
  void whatPassesInKindIsNoLongerOnSale() {
    database.useTransaction(sql -> {
      var auctions = new AuctionProjection(sql);
      auctions.apply(started(5, 100));
      auctions.apply(new ChainEvent.InKindChanged(at(6), 1, TOKEN, units(30), units(3), ACCOUNT));
      assertThat(lot(sql).getBigDecimal("remaining")).isEqualByComparingTo("70");
      auctions.apply(new ChainEvent.InKindChanged(at(7), 1, TOKEN, units(-30), units(-3), KEEPER));
      assertThat(lot(sql).getBigDecimal("remaining")).isEqualByComparingTo("70");
    });
  }

  private static ChainEvent.LotStarted started(long block, long amount) {
    return new ChainEvent.LotStarted(at(block), LOT, ACCOUNT, TOKEN, units(amount), units(11), units(10), block * 10, 60);
  }

  private static Row lot(Sql sql) {
    return sql.one("SELECT * FROM auction_lot WHERE lot = $1::text::numeric", LOT.toString());
  }

  private static BigInteger units(long amount) {
    return BigInteger.valueOf(amount);
  }

  private static LogPosition at(long block) {
    Bytes32 hash = new Bytes32("0x" + "%064x".formatted(block));
    return new LogPosition(block, hash, hash, 0, KEEPER);
  }
}
