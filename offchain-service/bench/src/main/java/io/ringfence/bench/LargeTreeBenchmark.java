package io.ringfence.bench;

import io.ringfence.reserves.HashPath;
import io.ringfence.reserves.SumTree;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Ten million accounts within a heap of four gigabytes, packed leaves included, in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LargeTreeBenchmark {

  @Param("10000000")
  public int accounts;

  private PackedLeaves leaves;

  @Setup
  public void load() {
    leaves = new PackedLeaves(accounts);
  }

  @Benchmark
  public SumTree vectors() {
    return SumTree.of(accounts, leaves, HashPath.VECTOR);
  }
}
