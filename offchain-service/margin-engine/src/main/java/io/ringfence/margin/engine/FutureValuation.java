package io.ringfence.margin.engine;

import io.ringfence.margin.portfolio.BasisRule;
import io.ringfence.margin.portfolio.ConfidenceRule;

/**
 * What the futures of one account amount to at the latest prices, by the model's operations and in its order, in arrays that are used again
 * for the next account. The basis contingency takes them one after the other, as the walk over the options comes to their expiries.
 */
final class FutureValuation {

  private static final int AFTER_ALL = Integer.MAX_VALUE;

  private final ScenarioTable table;
  private final FutureBook futures;
  private final double upMove;
  private final double downMove;
  private final int[] expiry;
  private final double[] movingNotional;
  private final double[] grossNotional;
  private int account;
  private int positions;
  private int count;
  private int next;

  FutureValuation(ScenarioTable table, FutureBook futures, BasisRule basis) {
    this.table = table;
    this.futures = futures;
    upMove = basis.up() - 1.0;
    downMove = basis.down() - 1.0;
    int most = table.chain().expiries().length;
    expiry = new int[most];
    movingNotional = new double[most];
    grossNotional = new double[most];
  }

  /** Values an account's futures: notionals of those with units, NaN where an expiry is not quoted. */
  void of(int number) {
    account = number;
    positions = futures.count(number);
    count = 0;
    next = 0;
    for (int i = 0; i < positions; i++) {
      double quantity = futures.quantity(number, i);
      if (quantity != 0.0) {
        int of = futures.expiry(number, i);
        expiry[count] = of;
        movingNotional[count] = quantity * table.movingForward()[of];
        grossNotional[count++] = Math.abs(quantity) * table.forward()[of];
      }
    }
  }

  /** The sum with every unrealised profit added. */
  double withProfits(double before) {
    double sum = before;
    for (int i = 0; i < positions; i++) {
      sum = sum + futures.unrealised(account, i);
    }
    return sum;
  }

  /** The sum with the notional of every future added that a move of the spot moves. */
  double withMovingNotionals(double before) {
    double sum = before;
    for (int i = 0; i < count; i++) {
      sum = sum + movingNotional[i];
    }
    return sum;
  }

  /** The sizes at the forwards, added. */
  double grossNotional() {
    double sum = 0.0;
    for (int i = 0; i < count; i++) {
      sum = sum + grossNotional[i];
    }
    return sum;
  }

  /**
   * The contingency with the losses of the expiries before one added in which the account has a future and no options, and the loss of that
   * one, in which it has options.
   *
   * @param at the expiry
   * @param up change of its options' value at the basis up
   * @param down change at the basis down
   */
  double withBasis(int at, double up, double down, double before) {
    if (next == count) {
      return before + loss(at, up, down);
    }
    double sum = withBasisBefore(at, before);
    boolean held = next < count && expiry[next] == at;
    double notional = held ? movingNotional[next++] : 0.0;
    return sum + loss(at, up + notional * upMove, down + notional * downMove);
  }

  /** The contingency with the losses of all futures added that it has not come to. */
  double withRemainingBasis(double before) {
    return withBasisBefore(AFTER_ALL, before);
  }

  private double withBasisBefore(int at, double before) {
    double sum = before;
    while (next < count && expiry[next] < at) {
      sum = sum + loss(expiry[next], movingNotional[next] * upMove, movingNotional[next] * downMove);
      next++;
    }
    return sum;
  }

  private double loss(int of, double up, double down) {
    return Math.min(Math.min(up, down), 0.0) * table.basisFactor()[of];
  }

  /** The charge with what low confidence in the forwards costs added. */
  double withDoubts(ConfidenceRule rule, double spotConfidence, double before) {
    double sum = before;
    for (int i = 0; i < count; i++) {
      sum = sum + rule.charge(Math.min(spotConfidence, table.forwardConfidence()[expiry[i]]), grossNotional[i]);
    }
    return sum;
  }

  /** Whether units are held at an expiry that is not quoted. */
  boolean holdsUnquoted() {
    for (int i = 0; i < count; i++) {
      if (Double.isNaN(table.forward()[expiry[i]])) {
        return true;
      }
    }
    return false;
  }
}
