package io.ringfence.reserves;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What updates have replaced since the oldest snapshot that is kept: leaves alone, because everything above them follows. */
final class TreeJournal {

  /**
   * What an update replaced.
   *
   * @param accounts their number before
   * @param indices ascending: the leaves that changed, and the last one if there were more accounts afterwards, since what is above it
   *     changes as well
   * @param nodes of these leaves before
   */
  private record Entry(int accounts, int[] indices, long[] nodes) {}

  private final List<Entry> entries = new ArrayList<>();
  private final Map<TreeSnapshot, Integer> snapshots = new HashMap<>();

  /**
   * Keeps what an update is going to replace, if there is a snapshot to return to.
   *
   * @param changed ascending; all new indices among them
   */
  void record(NodeLevels nodes, int[] changed) {
    if (snapshots.isEmpty()) {
      return;
    }
    int accounts = nodes.accounts();
    boolean grows = changed.length > 0 && changed[changed.length - 1] >= accounts;
    int[] replaced = !grows ? changed : IntStream.concat(
        Arrays.stream(changed).filter(index -> index < accounts - 1), IntStream.range(Math.max(0, accounts - 1), accounts)).toArray();
    entries.add(new Entry(accounts, replaced, nodes.leaves(replaced)));
  }

  TreeSnapshot snapshot() {
    TreeSnapshot snapshot = new TreeSnapshot();
    snapshots.put(snapshot, entries.size());
    return snapshot;
  }

  /** Brings the nodes back to a snapshot, and forgets those taken after it. */
  void undo(TreeSnapshot snapshot, NodeLevels nodes) {
    int first = require(snapshot);
    snapshots.values().removeIf(entry -> entry > first);
    while (entries.size() > first) {
      Entry entry = entries.removeLast();
      nodes.replace(entry.accounts(), entry.indices(), entry.nodes());
    }
  }

  void forgetBefore(TreeSnapshot snapshot) {
    int first = require(snapshot);
    snapshots.values().removeIf(entry -> entry < first);
    snapshots.replaceAll((kept, entry) -> entry - first);
    entries.subList(0, first).clear();
  }

  private int require(TreeSnapshot snapshot) {
    Integer entry = snapshots.get(snapshot);
    if (entry == null) {
      throw new IllegalArgumentException("this snapshot is another tree's, was forgotten, or was undone");
    }
    return entry;
  }
}
