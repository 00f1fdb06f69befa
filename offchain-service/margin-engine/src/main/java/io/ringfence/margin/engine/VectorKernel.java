package io.ringfence.margin.engine;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The scan with a vector of columns at a time. Each lane performs the scalar scan's operations in its order, so the bits are the same.
 *
 * <p>The methods are small on purpose, and their sums start from vectors made in place: the compiler keeps vectors in registers only
 * within what it inlines as a whole, and not where a variable may also hold a constant object. Two columns of vectors at a time are the
 * fastest measured: with five, the compiler gives up inlining; with one, the walk over the positions costs more than the sums.
 */
final class VectorKernel implements ScenarioKernel {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public void scan(ScenarioTable table, PackedLists positions, int account, double linearNotional, Scratch scratch) {
    int start = positions.start(account);
    int end = start + positions.length(account);
    int plain = table.layout().plainColumns();
    int stride = table.layout().stride();
    for (int column = 0; column < plain; column += 2 * LANES) {
      addPlain(table, positions, start, end, linearNotional, column, scratch);
    }
    for (int column = plain; column < stride; column += LANES) {
      addSkew(table, positions, start, end, linearNotional, column, scratch);
    }
  }

  /** Two vectors of columns of scenarios that are no skew. */
  private static void addPlain(
      ScenarioTable table, PackedLists positions, int start, int end, double linearNotional, int column, Scratch scratch) {
    double[] values = table.columns();
    int stride = table.layout().stride();
    int[] keys = positions.keys();
    double[] quantities = positions.values();
    int[] expiryOfRow = table.chain().expiryOfRow();
    double[] longDiscount = table.longDiscount();
    double[] shortDiscount = table.shortDiscount();
    double[] marks = scratch.marks();
    double[] moves = table.layout().moves();
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector sum = zero;
    DoubleVector nextSum = zero;
    DoubleVector total = DoubleVector.fromArray(SPECIES, moves, column).mul(linearNotional);
    DoubleVector nextTotal = DoubleVector.fromArray(SPECIES, moves, column + LANES).mul(linearNotional);
    int segment = 0;
    for (int i = start; i < end; i++) {
      int key = keys[i];
      int row = PositionBook.row(key);
      int offset = row * stride + column;
      DoubleVector quantity = DoubleVector.broadcast(SPECIES, quantities[i]);
      sum = sum.add(quantity.mul(DoubleVector.fromArray(SPECIES, values, offset)));
      nextSum = nextSum.add(quantity.mul(DoubleVector.fromArray(SPECIES, values, offset + LANES)));
      if (PositionBook.lastOfExpiry(key)) {
        int expiry = expiryOfRow[row];
        DoubleVector whenLong = DoubleVector.broadcast(SPECIES, longDiscount[expiry]);
        DoubleVector whenShort = DoubleVector.broadcast(SPECIES, shortDiscount[expiry]);
        DoubleVector mark = DoubleVector.broadcast(SPECIES, marks[segment++]);
        total = total.add(change(sum, whenLong, whenShort, mark, zero));
        nextTotal = nextTotal.add(change(nextSum, whenLong, whenShort, mark, zero));
        sum = zero;
        nextSum = zero;
      }
    }
    total.intoArray(scratch.totals(), column);
    nextTotal.intoArray(scratch.totals(), column + LANES);
  }

  /** One vector of columns of skews. */
  private static void addSkew(
      ScenarioTable table, PackedLists positions, int start, int end, double linearNotional, int column, Scratch scratch) {
    double[] values = table.columns();
    int stride = table.layout().stride();
    int[] keys = positions.keys();
    double[] quantities = positions.values();
    int[] expiryOfRow = table.chain().expiryOfRow();
    double[] longDiscount = table.longDiscount();
    double[] shortDiscount = table.shortDiscount();
    double[] marks = scratch.marks();
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector sum = zero;
    DoubleVector total = DoubleVector.fromArray(SPECIES, table.layout().moves(), column).mul(linearNotional);
    int segment = 0;
    for (int i = start; i < end; i++) {
      int key = keys[i];
      int row = PositionBook.row(key);
      DoubleVector quantity = DoubleVector.broadcast(SPECIES, quantities[i]);
      sum = sum.add(quantity.mul(DoubleVector.fromArray(SPECIES, values, row * stride + column)));
      if (PositionBook.lastOfExpiry(key)) {
        int expiry = expiryOfRow[row];
        DoubleVector whenLong = DoubleVector.broadcast(SPECIES, longDiscount[expiry]);
        DoubleVector whenShort = DoubleVector.broadcast(SPECIES, shortDiscount[expiry]);
        DoubleVector mark = DoubleVector.broadcast(SPECIES, marks[segment++]);
        total = total.add(change(sum, whenLong, whenShort, mark, zero).abs().neg());
        sum = zero;
      }
    }
    total.intoArray(scratch.totals(), column);
  }

  private static DoubleVector change(
      DoubleVector sum, DoubleVector whenLong, DoubleVector whenShort, DoubleVector mark, DoubleVector zero) {
    return whenShort.blend(whenLong, sum.compare(VectorOperators.GE, zero)).mul(sum).sub(mark);
  }

  /** Two columns of vectors at a time where there are pairs, so that neither comparison waits for the other. */
  @Override
  public double worst(ColumnLayout layout, double basis, double exposure, Scratch scratch) {
    double[] totals = scratch.totals();
    int plain = layout.plainColumns();
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector worst = DoubleVector.broadcast(SPECIES, basis);
    DoubleVector nextWorst = worst;
    // Zero times a number is zero, times an infinity or NaN it is NaN, and NaN stays.
    DoubleVector doubtful = zero;
    DoubleVector nextDoubtful = zero;
    for (int column = 0; column < plain; column += 2 * LANES) {
      DoubleVector profit = profit(layout, totals, column, exposure, zero);
      DoubleVector nextProfit = profit(layout, totals, column + LANES, exposure, zero);
      worst = worst.blend(profit, profit.lt(worst));
      nextWorst = nextWorst.blend(nextProfit, nextProfit.lt(nextWorst));
      doubtful = doubtful.add(profit.mul(zero));
      nextDoubtful = nextDoubtful.add(nextProfit.mul(zero));
    }
    for (int column = plain; column < totals.length; column += LANES) {
      DoubleVector profit = profit(layout, totals, column, exposure, zero);
      worst = worst.blend(profit, profit.lt(worst));
      doubtful = doubtful.add(profit.mul(zero));
    }
    if (!doubtful.add(nextDoubtful).eq(zero).allTrue()) {
      return Double.NaN;
    }
    return worst.blend(nextWorst, nextWorst.lt(worst)).reduceLanes(VectorOperators.MIN);
  }

  private static DoubleVector profit(ColumnLayout layout, double[] totals, int column, double exposure, DoubleVector zero) {
    DoubleVector moved = DoubleVector.fromArray(SPECIES, layout.moves(), column).mul(exposure);
    DoubleVector total = DoubleVector.fromArray(SPECIES, totals, column).add(moved);
    return DoubleVector.fromArray(SPECIES, layout.damping(), column).mul(total).add(zero);
  }
}
