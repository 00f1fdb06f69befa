package io.ringfence.margin.engine;

/** Arrays that one thread uses again for every account, so that an account costs no allocation. */
final class Scratch {

  private final double[] marks;
  private final double[] sums;
  private final double[] totals;
  private final double[] worst = new double[CollateralValuation.MARGINS];

  Scratch(int expiries, int columns) {
    marks = new double[expiries];
    sums = new double[columns];
    totals = new double[columns];
  }

  /** The mark value of each expiry that the account holds, nearest first. */
  double[] marks() {
    return marks;
  }

  /** The sums of the expiry at hand, by column; zero between accounts. */
  double[] sums() {
    return sums;
  }

  /** The profits of the scenarios before collateral and damping, by column. */
  double[] totals() {
    return totals;
  }

  /** The worst loss, by margin. */
  double[] worst() {
    return worst;
  }
}
