package io.ringfence.service.epoch;

import io.ringfence.margin.Position;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.Salt;
import io.ringfence.reserves.SumTree;
import java.math.BigInteger;
import java.util.List;

/**
 * An epoch's tree with what stands behind each leaf.
 *
 * @param lines one per pledged account, by index
 * @param uncovered sum over the accounts of what they owe beyond their collateral's value, settlement units
 */
public record EpochTree(SumTree tree, List<Line> lines, BigInteger uncovered) {

  /**
   * A leaf and its openings.
   *
   * @param positions what {@code positionsHash} commits to
   * @param positionsSalt the salt of that commitment
   * @param cut what this root cuts from the account's result after a shortfall, settlement units
   */
  public record Line(Leaf leaf, List<Position> positions, Salt positionsSalt, BigInteger cut) {}

  /** Copies the lines. */
  public EpochTree {
    lines = List.copyOf(lines);
  }
}
