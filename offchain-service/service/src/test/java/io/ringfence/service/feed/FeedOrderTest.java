package io.ringfence.service.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.type.Address;
import io.ringfence.service.store.Database;
import io.ringfence.service.testing.ServiceTest;
import io.ringfence.service.testing.TestChain;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in the end does not depend on the order in which updates come, nor on how often. */
@ServiceTest
class FeedOrderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger STRIKES = new AtomicInteger(300_000);
  private static final int INSTRUMENTS = 2;
  private static final int SHUFFLES = 4;

  @Inject TestChain chain;
  @Inject Database database;
  @Inject StoredFeeds feeds;

  private Address account;
  private long now;

  @BeforeEach
  void setUp() {
    account = chain.pledgedAccount();
    now = chain.head().timestamp();
  }

  @AfterEach
  void forgetTheFills() {
    database.inTransaction(sql -> sql.update("DELETE FROM fill WHERE account = $1", account.hex()));
  }

  /** A row before it is told under the names of one run; the id says all that it says, so that equal ids have equal content. */
  private record Mark(int instrument, int price, int age) {
    String json(Run run, long now) {
      return "{\"id\": \"%s:%d-%d-%d\", \"instrument\": \"%s\", \"kind\": \"mark\", \"price\": %d, \"confidence\": \"0.%d\", \"time\": %d}"
          .formatted(run.name(), instrument, price, age, run.instrument(instrument), price, price % 9 + 1, now - age);
    }
  }

  /** Streams and instruments of its own, so that runs do not meet. */
  private record Run(String name, int strike) {
    static Run fresh() {
      return new Run(UUID.randomUUID().toString(), STRIKES.getAndAdd(INSTRUMENTS));
    }

    String instrument(int number) {
      return "ETH-20981231-%d-C".formatted(strike + number);
    }
  }

  private record Told(int stream, long sequence, List<Mark> marks) {}

  private static List<Told> someUpdates(Random random) {
    List<Told> updates = new ArrayList<>();
    for (int stream = 0; stream < 2; stream++) {
      int length = 3 + random.nextInt(3);
      for (long sequence = 1; sequence <= length; sequence++) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 1 + random.nextInt(3); row > 0; row--) {
          marks.add(new Mark(random.nextInt(INSTRUMENTS), 1 + random.nextInt(4), 2 * random.nextInt(2) + stream));
        }
        updates.add(new Told(stream, sequence, marks));
      }
    }
    return updates;
  }

  private void tell(Run run, Told told) {
    String name = run.name() + "/" + told.stream();
    var place = Optional.of(new StreamPlace(name, told.sequence()));
    feeds.accept(new FeedUpdate(1, FeedKind.PRICES, place, json(told.marks().stream().map(mark -> mark.json(run, now)).toList())));
    feeds.accept(new FeedUpdate(1, FeedKind.POSITIONS, place, json(IntStream.range(0, told.marks().size())
        .mapToObj(row -> fill(run, told, row)).toList())));
  }

  private String fill(Run run, Told told, int row) {
    Mark mark = told.marks().get(row);
    return "{\"id\": \"%s:%d-%d-%d\", \"account\": \"%s\", \"instrument\": \"%s\", \"quantity\": %d, \"price\": %d, \"time\": %d}"
        .formatted(run.name(), told.stream(), told.sequence(), row, account.hex(), run.instrument(mark.instrument()), mark.price(),
            mark.price(), now);
  }

  private static JsonNode json(List<String> rows) {
    try {
      return JSON.readTree("[" + String.join(",", rows) + "]");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that is kept of a run, by names that all runs share. */
  private List<String> kept(Run run) {
    return database.inTransaction(sql -> {
      List<String> kept = new ArrayList<>();
      sql.rows("SELECT split_part(instrument, '-', 3)::int - $1 AS i, value::text, confidence::text, time::text, right(stream, 1) AS s, "
          + "sequence, place FROM price WHERE stream LIKE $2 ORDER BY i", run.strike(), run.name() + "%")
          .forEach(row -> kept.add("current " + row.deepToString()));
      sql.rows("SELECT split_part(client_id, ':', 2) AS id, value::text, time::text, right(stream, 1) AS s, sequence, place "
          + "FROM price_history WHERE client_id LIKE $1 ORDER BY id", run.name() + "%").forEach(row -> kept.add(row.deepToString()));
      sql.rows("SELECT split_part(instrument, '-', 3)::int - $1 AS i, count(*), sum(quantity)::text, sum(quantity * price)::text "
          + "FROM fill WHERE client_id LIKE $2 GROUP BY i ORDER BY i", run.strike(), run.name() + "%")
          .forEach(row -> kept.add("position " + row.deepToString()));
      sql.rows("SELECT kind, right(name, 1), contiguous, highest FROM feed_stream WHERE name LIKE $1 ORDER BY kind, name", run.name() + "%")
          .forEach(row -> kept.add("stream " + row.deepToString()));
      return kept;
    });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void anyOrderWithAnyDuplicatesEndsAlike(long seed) {
    var random = new Random(seed);
    List<Told> updates = someUpdates(random);
    Run inOrder = Run.fresh();
    updates.forEach(told -> tell(inOrder, told));
    List<String> expected = kept(inOrder);
    assertThat(expected).anyMatch(line -> line.startsWith("current")).anyMatch(line -> line.startsWith("position"));
    for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      List<Told> order = new ArrayList<>(updates);
      for (int duplicates = random.nextInt(updates.size()); duplicates > 0; duplicates--) {
        order.add(updates.get(random.nextInt(updates.size())));
      }
      Collections.shuffle(order, random);
      Run run = Run.fresh();
      order.forEach(told -> tell(run, told));
      assertThat(kept(run)).as("seed %d, order %s", seed, order).isEqualTo(expected);
    }
  }

  /** Three prices of one time in all six orders, one of them said twice by its stream. */
  @Test
  void everyOrderOfFewUpdatesEndsAlike() {
    List<Told> updates = List.of(new Told(0, 1, List.of(new Mark(0, 1, 0), new Mark(0, 2, 0))), new Told(0, 2, List.of(new Mark(0, 3, 0))),
        new Told(0, 3, List.of(new Mark(0, 1, 0))));
    int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (int[] order : orders) {
      Run run = Run.fresh();
      for (int place : order) {
        tell(run, updates.get(place));
      }
      assertThat(kept(run)).as("order %s", IntStream.of(order).boxed().toList())
          .filteredOn(line -> line.startsWith("current")).singleElement().asString().contains("[0,1,0.2,");
    }
  }
}
