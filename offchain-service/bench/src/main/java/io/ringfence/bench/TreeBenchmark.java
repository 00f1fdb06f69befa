package io.ringfence.bench;

import io.ringfence.reserves.HashPath;
import io.ringfence.reserves.Proof;
import io.ringfence.reserves.SumNode;
import io.ringfence.reserves.SumTree;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The tree of a large venue in one thread, from packed leaves: built whole, updated, and proven from. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TreeBenchmark {

  private static final int DIRTY_LISTS = 8;
  private static final int PROOFS = 1024;

  @Param("1048576")
  public int accounts;

  private PackedLeaves leaves;
  private SumTree tree;
  private int[][] tenThousand;
  private int[][] hundredThousand;
  private int[] proven;
  private int next;

  /** Builds a tree both ways, compares the roots, and draws the accounts that change. */
  @Setup
  public void build() {
    leaves = new PackedLeaves(accounts);
    tree = vectors();
    if (!tree.root().equals(bouncyCastle().root())) {
      throw new IllegalStateException("the two trees have different roots");
    }
    SplittableRandom random = new SplittableRandom(1);
    tenThousand = lists(random, 10_000);
    hundredThousand = lists(random, 100_000);
    proven = random.ints(PROOFS, 0, accounts).toArray();
  }

  private int[][] lists(SplittableRandom random, int size) {
    int[][] lists = new int[DIRTY_LISTS][];
    for (int i = 0; i < DIRTY_LISTS; i++) {
      lists[i] = random.ints(0, accounts).distinct().limit(size).toArray();
    }
    return lists;
  }

  /** All leaves and nodes, as many at once as a vector holds. */
  @Benchmark
  public SumTree vectors() {
    return SumTree.of(accounts, leaves, HashPath.VECTOR);
  }

  /** The peer: the same arrays, each hash by BouncyCastle. */
  @Benchmark
  public SumTree bouncyCastle() {
    return SumTree.of(accounts, leaves, HashPath.SCALAR);
  }

  /** 10,000 leaves anywhere, and all that is above them. */
  @Benchmark
  public SumNode update10k() {
    return update(tenThousand);
  }

  /** 100,000 likewise. */
  @Benchmark
  public SumNode update100k() {
    return update(hundredThousand);
  }

  private SumNode update(int[][] lists) {
    int[] dirty = lists[++next % DIRTY_LISTS];
    leaves.change(dirty);
    tree.update(accounts, dirty, leaves);
    return tree.root();
  }

  /** One path. */
  @Benchmark
  public Proof proof() {
    return tree.proof(proven[++next % PROOFS]);
  }

  /** What the updates have led to is the tree of the leaves. */
  @TearDown
  public void compare() {
    if (!tree.root().equals(vectors().root())) {
      throw new IllegalStateException("the updated tree is not the tree of its leaves");
    }
  }
}
