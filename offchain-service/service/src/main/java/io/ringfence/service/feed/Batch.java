package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One batch on its way: each row is accepted, a duplicate, or rejected. For use by one thread. */
final class Batch<T extends Batch.Row> {
  private final List<Placed<T>> rows = new ArrayList<>();
  private final Map<String, T> first = new HashMap<>();
  private final List<String> accepted = new ArrayList<>();
  private final List<String> duplicates = new ArrayList<>();
  private final List<Placed<T>> repeated = new ArrayList<>();
  private final List<BatchResult.Rejected> rejected = new ArrayList<>();

  /** A row that could be read. */
  interface Row {
    /** Client-made. */
    String id();

    /** When it happened. */
    Instant time();
  }

  /** A row and its place in the batch. */
  record Placed<T>(int place, T row) {}

  /** Reads a row. */
  @FunctionalInterface
  interface Reading<T> {
    T read(JsonNode row) throws BadRowException;
  }

  /** Refuses a row for what is wrong with it. */
  @FunctionalInterface
  interface Check<T> {
    void check(T row) throws BadRowException;
  }

  /** Reads all rows; an id that comes twice counts once, if it says the same. */
  Batch(JsonNode array, Reading<T> reading) {
    for (int place = 0; place < array.size(); place++) {
      JsonNode node = array.get(place);
      try {
        T row = reading.read(node);
        T earlier = first.putIfAbsent(row.id(), row);
        if (earlier == null) {
          rows.add(new Placed<>(place, row));
        } else if (earlier.equals(row)) {
          duplicates.add(row.id());
        } else {
          throw new BadRowException("id", "stands in this batch twice with different content");
        }
      } catch (BadRowException e) {
        rejected.add(new BatchResult.Rejected(place, RowReader.idOf(node), e.field(), e.getMessage()));
      }
    }
  }

  /** Rows not decided yet. */
  List<T> open() {
    return rows.stream().map(Placed::row).toList();
  }

  /** The same, with their places. */
  List<Placed<T>> placed() {
    return List.copyOf(rows);
  }

  /** Rows that {@link #compare} found to be kept already, with their places in this batch. */
  List<Placed<T>> repeated() {
    return List.copyOf(repeated);
  }

  /** The latest time of any open row. */
  Optional<Instant> latest() {
    return rows.stream().map(placed -> placed.row().time()).max(Comparator.naturalOrder());
  }

  /** Rejects open rows that do not pass. */
  void check(Check<T> check) {
    rows.removeIf(placed -> {
      try {
        check.check(placed.row());
        return false;
      } catch (BadRowException e) {
        reject(placed, e.field(), e.getMessage());
        return true;
      }
    });
  }

  /** Settles open rows whose ids are kept already: duplicates if they say the same. */
  void compare(Map<String, T> kept) {
    rows.removeIf(placed -> {
      T before = kept.get(placed.row().id());
      if (before == null) {
        return false;
      }
      if (before.equals(placed.row())) {
        duplicates.add(placed.row().id());
        repeated.add(placed);
      } else {
        reject(placed, "id", "was used before with different content: give a new row a new id");
      }
      return true;
    });
  }

  /** Settles open rows that were stored just now. */
  void accept(List<String> stored) {
    var ids = new HashSet<>(stored);
    rows.removeIf(placed -> ids.contains(placed.row().id()));
    accepted.addAll(stored);
  }

  /** What became of it. */
  BatchResult result() {
    rejected.sort(Comparator.comparingInt(BatchResult.Rejected::row));
    return new BatchResult(accepted, duplicates, rejected);
  }

  private void reject(Placed<T> placed, String field, String detail) {
    rejected.add(new BatchResult.Rejected(placed.place(), placed.row().id(), field, detail));
  }
}
