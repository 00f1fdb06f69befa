package io.ringfence.service.epoch;

import io.ringfence.margin.MarketSnapshot;
import io.ringfence.reserves.Address;
import io.ringfence.reserves.CanonicalPositions;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.Salts;
import io.ringfence.reserves.SumTree;
import io.ringfence.service.margin.AccountMargin;
import io.ringfence.service.margin.MarginCalculator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Builds an epoch's tree from its snapshot: a pure function, so that an attestor can repeat it. */
public final class TreeBuilder {

  private final MarginCalculator calculator;
  private final Salts salts;

  /** A builder that hides leaves with the venue's salts. */
  public TreeBuilder(MarginCalculator calculator, Salts salts) {
    this.calculator = calculator;
    this.salts = salts;
  }

  /**
   * The tree over every index issued at the snapshot; released indexes are empty. A position that has expired and is not settled counts as
   * it last did: its holder's figures are stale, and are shown as such.
   *
   * @throws io.ringfence.margin.MarginException if a price is missing or a figure does not fit
   * @throws UnmatchedBookException if credits exceed debits and what stands behind them by more than the shortfalls not cut yet
   */
  public EpochTree build(EpochSnapshot snapshot) {
    MarketSnapshot market = snapshot.market().snapshot(snapshot.standings().stream().map(Standing::book).toList());
    List<AccountMargin> margins = new ArrayList<>();
    List<BigInteger> nets = new ArrayList<>();
    for (Standing standing : snapshot.standings()) {
      AccountMargin margin = calculator.compute(standing.book(), market, snapshot.settlementDecimals());
      margins.add(margin);
      nets.add(margin.net().subtract(standing.cut()));
    }
    List<BigInteger> cuts = cuts(snapshot, nets);
    List<EpochTree.Line> lines = new ArrayList<>();
    BigInteger uncovered = BigInteger.ZERO;
    for (int i = 0; i < margins.size(); i++) {
      Standing standing = snapshot.standings().get(i);
      BigInteger net = nets.get(i).subtract(cuts.get(i));
      lines.add(line(snapshot, standing, margins.get(i), net, cuts.get(i)));
      BigInteger owed = standing.settled().subtract(net).max(BigInteger.ZERO);
      uncovered = uncovered.add(owed.subtract(snapshot.collateral().value(standing.balances())).max(BigInteger.ZERO));
    }
    return new EpochTree(SumTree.of(snapshot.accounts(), lines.stream().map(EpochTree.Line::leaf).toList()), lines, uncovered);
  }

  private static List<BigInteger> cuts(EpochSnapshot snapshot, List<BigInteger> nets) {
    BigInteger excess = nets.stream().reduce(BigInteger.ZERO, BigInteger::add).subtract(snapshot.covered());
    if (excess.signum() <= 0) {
      return nets.stream().map(net -> BigInteger.ZERO).toList();
    }
    BigInteger unexplained = excess.subtract(snapshot.uncut());
    if (unexplained.signum() > 0) {
      throw new UnmatchedBookException(unexplained);
    }
    return OwingCut.of(nets, snapshot.standings().stream().map(Standing::settled).toList(), excess);
  }

  private EpochTree.Line line(EpochSnapshot snapshot, Standing standing, AccountMargin margin, BigInteger net, BigInteger cut) {
    Salts.LeafSalts hidden = salts.derive(snapshot.venue(), snapshot.epoch(), standing.index());
    CanonicalPositions positions = CanonicalPositions.of(margin.positions().stream()
        .map(position -> new CanonicalPositions.Position(position.instrument().name(), position.quantity()))
        .toList());
    Leaf leaf = Leaf.ofNet(
        standing.index(),
        Address.of(standing.account().bytes()),
        net,
        margin.initialMargin(),
        margin.maintenanceMargin(),
        positions.hash(hidden.positionsSalt()),
        hidden.salt());
    return new EpochTree.Line(leaf, margin.positions(), hidden.positionsSalt(), cut);
  }
}
