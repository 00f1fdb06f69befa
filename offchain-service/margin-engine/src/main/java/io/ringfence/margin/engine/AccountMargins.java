package io.ringfence.margin.engine;

import java.util.Arrays;
import java.util.List;

/** The margins of the accounts over all underlyings, and the lists of those that call for action. */
final class AccountMargins {

  static final int ACCOUNTS_PER_BLOCK = 2048;

  private final List<UnderlyingEngine> underlyings;
  private final double[] initial;
  private final double[] maintenance;
  private final byte[] status;
  // Each block of accounts lists its own at the block's place; the blocks' lists are joined in order afterwards.
  private final int[] breached;
  private final int[] unmargined;
  private final int[] breachedOfBlock;
  private final int[] unmarginedOfBlock;

  AccountMargins(List<UnderlyingEngine> underlyings, int accounts) {
    this.underlyings = underlyings;
    initial = new double[accounts];
    maintenance = new double[accounts];
    status = new byte[accounts];
    breached = new int[accounts];
    unmargined = new int[accounts];
    breachedOfBlock = new int[blocks()];
    unmarginedOfBlock = new int[blocks()];
  }

  int blocks() {
    return (initial.length + ACCOUNTS_PER_BLOCK - 1) / ACCOUNTS_PER_BLOCK;
  }

  int firstOf(int block) {
    return block * ACCOUNTS_PER_BLOCK;
  }

  int endOf(int block) {
    return Math.min(initial.length, firstOf(block) + ACCOUNTS_PER_BLOCK);
  }

  /** Adds an account's margins over the underlyings, in their order. */
  void total(int account) {
    byte worst = UnderlyingBooks.MARGINED;
    double initialSum = 0.0;
    double maintenanceSum = 0.0;
    for (int i = 0; i < underlyings.size(); i++) {
      UnderlyingBooks books = underlyings.get(i).books();
      byte own = books.status()[account];
      worst = worst == UnderlyingBooks.MARGINED ? own : worst;
      initialSum = i == 0 ? books.initial()[account] : initialSum + books.initial()[account];
      maintenanceSum = i == 0 ? books.maintenance()[account] : maintenanceSum + books.maintenance()[account];
    }
    if (worst == UnderlyingBooks.MARGINED && !(Double.isFinite(initialSum) && Double.isFinite(maintenanceSum))) {
      worst = UnderlyingBooks.NOT_FINITE;
    }
    initial[account] = worst == UnderlyingBooks.MARGINED ? initialSum : Double.NaN;
    maintenance[account] = worst == UnderlyingBooks.MARGINED ? maintenanceSum : Double.NaN;
    status[account] = worst;
  }

  /** Totals a block and lists its breaches. */
  void totalBlock(int block) {
    int nextBreached = firstOf(block);
    int nextUnmargined = firstOf(block);
    for (int account = firstOf(block); account < endOf(block); account++) {
      total(account);
      if (status[account] != UnderlyingBooks.MARGINED) {
        unmargined[nextUnmargined++] = account;
      } else if (isBreached(account)) {
        breached[nextBreached++] = account;
      }
    }
    breachedOfBlock[block] = nextBreached - firstOf(block);
    unmarginedOfBlock[block] = nextUnmargined - firstOf(block);
  }

  boolean isBreached(int account) {
    return initial[account] < 0.0 || maintenance[account] < 0.0;
  }

  int[] breached() {
    return joined(breached, breachedOfBlock);
  }

  int[] unmargined() {
    return joined(unmargined, unmarginedOfBlock);
  }

  private int[] joined(int[] lists, int[] ofBlock) {
    int[] joined = new int[Arrays.stream(ofBlock).sum()];
    int next = 0;
    for (int block = 0; block < ofBlock.length; block++) {
      System.arraycopy(lists, firstOf(block), joined, next, ofBlock[block]);
      next += ofBlock[block];
    }
    return joined;
  }

  double[] initial() {
    return initial;
  }

  double[] maintenance() {
    return maintenance;
  }

  byte[] status() {
    return status;
  }

  long bytes() {
    return (2L * 8 + 1 + 2 * 4) * initial.length;
  }
}
