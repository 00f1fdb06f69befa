package io.ringfence.margin.cli;

import io.ringfence.margin.backtest.Coverage;

/** The pass mark of an ordinary window. */
final class Marks {

  private Marks() {}

  static String of(Coverage coverage, double target) {
    return coverage.inside() >= target ? "target met" : "target missed";
  }
}
