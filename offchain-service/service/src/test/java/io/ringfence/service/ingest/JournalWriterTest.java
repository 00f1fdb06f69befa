package io.ringfence.service.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.LogPosition;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.service.ledger.PostingSet;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.ringfence.service.testing.ServiceTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Works far above the real chain's height, in transactions that are rolled back. */
@ServiceTest
class JournalWriterTest {
  private static final long HEIGHT = 1_000_000_000_000L;
  private static final String ASSET = "journal-writer-test";

  @Inject Database database;

  private static final class RollBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private void inTransactionThatIsRolledBack(Consumer<Sql> work) {
    try {
      database.inTransaction(sql -> {
        work.accept(sql);
        throw new RollBack();
      });
    } catch (RollBack e) {
      return;
    }
  }

  private static Entry entry(long height, int block, long index, int amount) {
    var position = new LogPosition(height, new Bytes32("0x" + "%064x".formatted(block)), Bytes32.ZERO, index, Address.ZERO);
    var event = new ChainEvent.Transfer(position, Address.ZERO, Address.ZERO, BigInteger.valueOf(amount));
    return new Entry(event, 7, Optional.empty(), Optional.empty(), PostingSet.move(ASSET, "from", "to", BigInteger.valueOf(amount)));
  }

  private static BigInteger balance(Sql sql) {
    return sql.row("SELECT coalesce(sum(amount), 0) AS n FROM posting WHERE asset = $1 AND ledger_account = 'to'", ASSET).orElseThrow()
        .getBigDecimal("n").toBigIntegerExact();
  }

  private static long entries(Sql sql) {
    return sql.row("SELECT count(*) AS n FROM journal WHERE block_number >= $1", HEIGHT).orElseThrow().getLong("n");
  }

  @Test
  void sameLogTwiceIsOneEntry() {
    inTransactionThatIsRolledBack(sql -> {
      var journal = new JournalWriter(sql);
      assertThat(journal.write(List.of(entry(HEIGHT, 1, 0, 5), entry(HEIGHT, 1, 1, 6)))).hasSize(2);
      assertThat(journal.write(List.of(entry(HEIGHT, 1, 0, 5), entry(HEIGHT, 1, 2, 7)))).hasSize(1);
      assertThat(balance(sql)).isEqualTo(18);
    });
  }

  @Test
  void blockThatComesBackCountsOnceHoweverOftenItGoes() {
    inTransactionThatIsRolledBack(sql -> {
      var journal = new JournalWriter(sql);
      journal.write(List.of(entry(HEIGHT, 1, 0, 5)));
      for (int times = 1; times <= 3; times++) {
        assertThat(journal.undoAfter(HEIGHT - 1)).isEqualTo(1);
        assertThat(balance(sql)).isZero();
        assertThat(journal.write(List.of(entry(HEIGHT, 1, 0, 5)))).hasSize(1);
        assertThat(balance(sql)).isEqualTo(5);
        assertThat(entries(sql)).isEqualTo(1 + 2L * times);
      }
      assertThat(journal.inEffect()).filteredOn(kept -> kept.event().position().blockNumber() == HEIGHT).hasSize(1);
    });
  }

  @Test
  void undoingStopsAtTheAncestor() {
    inTransactionThatIsRolledBack(sql -> {
      var journal = new JournalWriter(sql);
      journal.write(List.of(entry(HEIGHT, 1, 0, 5), entry(HEIGHT + 1, 2, 0, 6), entry(HEIGHT + 2, 3, 0, 7)));
      assertThat(journal.undoAfter(HEIGHT)).isEqualTo(2);
      assertThat(journal.undoAfter(HEIGHT)).isZero();
      assertThat(balance(sql)).isEqualTo(5);
    });
  }

  @Test
  void eventsComeBackAsTheyWent() {
    inTransactionThatIsRolledBack(sql -> {
      var journal = new JournalWriter(sql);
      Entry written = entry(HEIGHT, 1, 0, 5);
      journal.write(List.of(written));
      assertThat(journal.inEffect()).filteredOn(kept -> kept.event().position().blockNumber() == HEIGHT)
          .extracting(JournalEntry::event).containsExactly(written.event());
    });
  }
}
