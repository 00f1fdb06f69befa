package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.Admission;
import java.util.Comparator;
import java.util.List;

/**
 * The options that each account holds of one underlying, netted and in canonical order. A position's key is its row, with the sign bit set
 * on the last position of each expiry, where the scan closes the sums of the expiry.
 */
final class PositionBook {

  private static final int ROW = Integer.MAX_VALUE;
  private static final int LAST_OF_EXPIRY = Integer.MIN_VALUE;

  private final OptionChain chain;
  private final PackedLists lists;
  private final double[] nakedShorts;

  PositionBook(OptionChain chain, int accounts, int expected) {
    this.chain = chain;
    lists = new PackedLists("positions in options on " + chain.underlying(), accounts, expected);
    nakedShorts = new double[accounts];
  }

  /** Several lots of one row are added up in the order of their quantities, as the model's portfolio adds them. */
  record Lot(int row, double quantity) {

    static final Comparator<Lot> CANONICAL = Comparator.comparingInt(Lot::row).thenComparingDouble(Lot::quantity);
  }

  static int row(int key) {
    return key & ROW;
  }

  static boolean lastOfExpiry(int key) {
    return key < 0;
  }

  PackedLists lists() {
    return lists;
  }

  /** Units that are short after calls and puts at the same strike and expiry are set off. */
  double nakedShorts(int account) {
    return nakedShorts[account];
  }

  /** Positions that have been added up and ordered; the first {@code count} of the arrays. */
  record Netted(int[] keys, double[] quantities, int count) {}

  /** Adds up lots in any order; refuses a quantity out of range. */
  Netted net(List<Lot> given) {
    List<Lot> lots = given.stream().sorted(Lot.CANONICAL).toList();
    int[] keys = new int[lots.size()];
    double[] quantities = new double[lots.size()];
    int count = 0;
    int next = 0;
    while (next < lots.size()) {
      int row = lots.get(next).row();
      double sum = 0.0;
      while (next < lots.size() && lots.get(next).row() == row) {
        sum = sum + lots.get(next++).quantity();
      }
      count = append(keys, quantities, count, row, sum);
    }
    return new Netted(keys, quantities, count);
  }

  /** Makes these positions all that the account holds. */
  void replace(int account, Netted netted) {
    store(account, netted.keys(), netted.quantities(), netted.count());
  }

  /** Adds a traded quantity to what is held. */
  void add(int account, int row, double traded) {
    int held = lists.length(account);
    int start = lists.start(account);
    int[] keys = new int[held + 1];
    double[] quantities = new double[held + 1];
    int count = 0;
    double sum = traded;
    boolean placed = false;
    for (int i = start; i < start + held; i++) {
      int key = row(lists.keys()[i]);
      double quantity = lists.values()[i];
      if (key == row) {
        sum = quantity + traded;
        continue;
      }
      if (key > row && !placed) {
        placed = true;
        count = append(keys, quantities, count, row, sum);
      }
      keys[count] = key;
      quantities[count++] = quantity;
    }
    if (!placed) {
      count = append(keys, quantities, count, row, sum);
    }
    store(account, keys, quantities, count);
  }

  private int append(int[] keys, double[] quantities, int count, int row, double quantity) {
    double admitted = Admission.any("quantity of " + chain.option(row), quantity);
    if (admitted == 0.0) {
      return count;
    }
    keys[count] = row;
    quantities[count] = admitted;
    return count + 1;
  }

  private void store(int account, int[] keys, double[] quantities, int count) {
    nakedShorts[account] = nakedShorts(keys, quantities, count);
    for (int i = 0; i < count; i++) {
      if (i + 1 == count || chain.expiryOf(keys[i]) != chain.expiryOf(keys[i + 1])) {
        keys[i] |= LAST_OF_EXPIRY;
      }
    }
    lists.replace(account, keys, quantities, count);
  }

  /** Expiry by expiry, and the sums of the expiries added, so that the bits are the model's. */
  private double nakedShorts(int[] rows, double[] quantities, int count) {
    double naked = 0.0;
    int next = 0;
    while (next < count) {
      int expiry = chain.expiryOf(rows[next]);
      double ofExpiry = 0.0;
      while (next < count && chain.expiryOf(rows[next]) == expiry) {
        int strike = chain.strikeOf(rows[next]);
        double net = 0.0;
        while (next < count && chain.strikeOf(rows[next]) == strike) {
          net = net + quantities[next++];
        }
        ofExpiry = ofExpiry + Math.max(0.0, -net);
      }
      naked = naked + ofExpiry;
    }
    return naked;
  }

  long bytes() {
    return lists.bytes() + 8L * nakedShorts.length;
  }
}
