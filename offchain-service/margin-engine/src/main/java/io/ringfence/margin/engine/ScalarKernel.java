package io.ringfence.margin.engine;

/** The scan in plain loops, a column at a time: for where there is no Vector API, and to hold the vectors against. */
final class ScalarKernel implements ScenarioKernel {

  @Override
  public int lanes() {
    return 1;
  }

  @Override
  public void scan(ScenarioTable table, PackedLists positions, int account, double linearNotional, Scratch scratch) {
    double[] moves = table.layout().moves();
    double[] totals = scratch.totals();
    for (int column = 0; column < totals.length; column++) {
      totals[column] = linearNotional * moves[column];
    }
    addPositions(table, positions, account, scratch);
  }

  @Override
  public double worst(ColumnLayout layout, double basis, double exposure, Scratch scratch) {
    double[] moves = layout.moves();
    double[] damping = layout.damping();
    double[] totals = scratch.totals();
    double worst = basis;
    for (int column = 0; column < totals.length; column++) {
      double profit = damping[column] * (totals[column] + exposure * moves[column]) + 0.0;
      if (!Double.isFinite(profit)) {
        return Double.NaN;
      }
      worst = profit < worst ? profit : worst;
    }
    return worst;
  }

  private static void addPositions(ScenarioTable table, PackedLists positions, int account, Scratch scratch) {
    double[] columns = table.columns();
    int[] keys = positions.keys();
    double[] quantities = positions.values();
    double[] sums = scratch.sums();
    int start = positions.start(account);
    int end = start + positions.length(account);
    int segment = 0;
    for (int i = start; i < end; i++) {
      int row = PositionBook.row(keys[i]);
      int offset = row * sums.length;
      double quantity = quantities[i];
      for (int column = 0; column < sums.length; column++) {
        sums[column] = sums[column] + quantity * columns[offset + column];
      }
      if (PositionBook.lastOfExpiry(keys[i])) {
        close(table, table.chain().expiryOf(row), scratch.marks()[segment++], scratch);
      }
    }
  }

  private static void close(ScenarioTable table, int expiry, double mark, Scratch scratch) {
    double longDiscount = table.longDiscount()[expiry];
    double shortDiscount = table.shortDiscount()[expiry];
    double[] sums = scratch.sums();
    double[] totals = scratch.totals();
    int plain = table.layout().plainColumns();
    for (int column = 0; column < sums.length; column++) {
      double change = (sums[column] >= 0.0 ? longDiscount : shortDiscount) * sums[column] - mark;
      totals[column] = totals[column] + (column < plain ? change : -Math.abs(change));
      sums[column] = 0.0;
    }
  }
}
