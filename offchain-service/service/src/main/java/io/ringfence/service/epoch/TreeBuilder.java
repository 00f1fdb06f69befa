package io.ringfence.service.epoch;

import io.ringfence.margin.MarketSnapshot;
import io.ringfence.reserves.Address;
import io.ringfence.reserves.CanonicalPositions;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.Salts;
import io.ringfence.reserves.SumTree;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.margin.MarginSubject;
import io.ringfence.service.margin.Requirement;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Builds an epoch's tree from its snapshot: a pure function, so that an attestor can repeat it. */
public final class TreeBuilder {

  private final MarginModel model;
  private final Salts salts;

  /** A builder that hides leaves with the venue's salts. */
  public TreeBuilder(MarginModel model, Salts salts) {
    this.model = model;
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
    List<BigInteger> uncutNets = nets(snapshot);
    List<BigInteger> cuts = cuts(snapshot, uncutNets);
    List<BigInteger> nets = new ArrayList<>();
    List<MarginSubject> subjects = new ArrayList<>();
    BigInteger uncovered = BigInteger.ZERO;
    for (int i = 0; i < snapshot.standings().size(); i++) {
      Standing standing = snapshot.standings().get(i);
      BigInteger net = uncutNets.get(i).subtract(cuts.get(i));
      BigInteger due = net.subtract(standing.settled());
      nets.add(net);
      subjects.add(new MarginSubject(standing.book(), standing.balances(), due));
      BigInteger owed = due.negate().max(BigInteger.ZERO);
      uncovered = uncovered.add(owed.subtract(snapshot.collateral().value(standing.balances())).max(BigInteger.ZERO));
    }
    List<Requirement> requirements = model.requirements(subjects, snapshot.prices());
    List<EpochTree.Line> lines = new ArrayList<>();
    for (int i = 0; i < nets.size(); i++) {
      lines.add(line(snapshot, snapshot.standings().get(i), requirements.get(i), nets.get(i), cuts.get(i)));
    }
    return new EpochTree(SumTree.of(snapshot.accounts(), lines.stream().map(EpochTree.Line::leaf).toList()), lines, uncovered);
  }

  /** N of each account, less what earlier roots have cut. */
  private static List<BigInteger> nets(EpochSnapshot snapshot) {
    MarketSnapshot market = snapshot.market().snapshot(snapshot.standings().stream().map(Standing::book).toList());
    int decimals = snapshot.collateral().settlementDecimals();
    return snapshot.standings().stream()
        .map(standing -> standing.book().net(market, decimals).units().subtract(standing.cut()))
        .toList();
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

  private EpochTree.Line line(EpochSnapshot snapshot, Standing standing, Requirement requirement, BigInteger net, BigInteger cut) {
    Salts.LeafSalts hidden = salts.derive(snapshot.venue(), snapshot.epoch(), standing.index());
    CanonicalPositions positions = CanonicalPositions.of(standing.book().positions().stream()
        .map(position -> new CanonicalPositions.Position(position.instrument().name(), position.quantity()))
        .toList());
    Leaf leaf = Leaf.ofNet(
        standing.index(),
        Address.of(standing.account().bytes()),
        net,
        requirement.initial(),
        requirement.maintenance(),
        positions.hash(hidden.positionsSalt()),
        hidden.salt());
    return new EpochTree.Line(leaf, standing.book().positions(), hidden.positionsSalt(), cut);
  }
}
