package io.ringfence.margin.engine;

import io.ringfence.margin.InvalidFigureException;
import java.util.Arrays;

/**
 * A list of pairs (int, double) for each account, all in two arrays one after the other. A list that outgrows its place moves to the end;
 * when more than half is abandoned places, the lists move together again. Not safe to change while it is read.
 */
final class PackedLists {

  private static final int MOST = Integer.MAX_VALUE - 8;

  private final String content;
  private final int[] start;
  private final int[] length;
  private final int[] capacity;
  private int[] keys;
  private double[] values;
  private int used;
  private int abandoned;

  /**
   * Empty lists.
   *
   * @param content what the lists are of, for messages
   * @param accounts how many lists
   * @param expected pairs to make room for
   */
  PackedLists(String content, int accounts, int expected) {
    this.content = content;
    start = new int[accounts];
    length = new int[accounts];
    capacity = new int[accounts];
    keys = new int[expected];
    values = new double[expected];
  }

  int start(int account) {
    return start[account];
  }

  int length(int account) {
    return length[account];
  }

  /** The first of each pair; a list stands from its start. Another array after any change. */
  int[] keys() {
    return keys;
  }

  /** The second of each pair, at the same places. */
  double[] values() {
    return values;
  }

  /** Puts the first {@code count} pairs in the place of an account's list. */
  void replace(int account, int[] newKeys, double[] newValues, int count) {
    if (count > capacity[account]) {
      move(account, count);
    }
    System.arraycopy(newKeys, 0, keys, start[account], count);
    System.arraycopy(newValues, 0, values, start[account], count);
    length[account] = count;
  }

  private void move(int account, int count) {
    // A first list fits exactly, so that books that are loaded once waste nothing; one that grows will grow again.
    int room = capacity[account] == 0 ? count : count + count / 4 + 1;
    length[account] = 0;
    abandoned += capacity[account];
    capacity[account] = 0;
    if (abandoned > used / 2 && abandoned > 1024) {
      compact();
    }
    long needed = (long) used + room;
    if (needed > MOST) {
      throw new InvalidFigureException(content, "of all accounts are more than " + MOST + "; divide the accounts among engines");
    }
    if (needed > keys.length) {
      int grown = (int) Math.min(MOST, Math.max(needed, keys.length + keys.length / 2L));
      keys = Arrays.copyOf(keys, grown);
      values = Arrays.copyOf(values, grown);
    }
    start[account] = used;
    capacity[account] = room;
    used += room;
  }

  private void compact() {
    int[] packedKeys = new int[keys.length];
    double[] packedValues = new double[values.length];
    int next = 0;
    for (int account = 0; account < start.length; account++) {
      System.arraycopy(keys, start[account], packedKeys, next, length[account]);
      System.arraycopy(values, start[account], packedValues, next, length[account]);
      start[account] = next;
      next += capacity[account];
    }
    keys = packedKeys;
    values = packedValues;
    used = next;
    abandoned = 0;
  }

  /** Bytes of the arrays. */
  long bytes() {
    return 12L * start.length + 12L * keys.length;
  }
}
