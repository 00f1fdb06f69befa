package io.ringfence.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The reserves tree's measurements, and the figures made of them. */
final class ReservesBench {

  private static final String VECTORS = "--add-modules=jdk.incubator.vector";
  private static final int LEAVES = 1 << 20;
  private static final int PEER_LEAVES = 1 << 14;

  private final boolean thorough;
  private final Path checkout;
  private final List<Measurement> measurements = new ArrayList<>();

  ReservesBench(boolean thorough, Path checkout) {
    this.thorough = thorough;
    this.checkout = checkout;
  }

  List<Measurement> run() throws RunnerException, IOException {
    Map<String, Double> milliseconds = tree();
    large();
    peers(milliseconds.get("vectors"), milliseconds.get("bouncyCastle"));
    return measurements;
  }

  private ChainedOptionsBuilder options(Class<?> benchmark, String heap) {
    return new OptionsBuilder()
        .include(benchmark.getName() + ".*")
        .forks(thorough ? 3 : 1)
        .warmupIterations(thorough ? 5 : 3)
        .warmupTime(TimeValue.seconds(2))
        .measurementIterations(thorough ? 10 : 5)
        .measurementTime(TimeValue.seconds(2))
        .jvmArgsAppend(VECTORS, "-Xms" + heap, "-Xmx" + heap);
  }

  private Map<String, Double> tree() throws RunnerException {
    Collection<RunResult> results = new Runner(options(TreeBenchmark.class, "2g").build()).run();
    Map<String, Double> milliseconds = new HashMap<>();
    results.forEach(result -> milliseconds.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore()));
    String of = LEAVES + " accounts, one thread: ";
    measurements.add(Measurement.of(of + "built from packed leaves", milliseconds.get("vectors"), "ms").atMost(300));
    measurements.add(Measurement.of(of + "the same, hashed by BouncyCastle", milliseconds.get("bouncyCastle"), "ms"));
    measurements.add(Measurement.of(of + "10000 leaves changed", milliseconds.get("update10k"), "ms").atMost(15));
    measurements.add(Measurement.of(of + "100000 leaves changed", milliseconds.get("update100k"), "ms").atMost(60));
    measurements.add(Measurement.of(of + "one proof", 1000 * milliseconds.get("proof"), "us").atMost(50));
    return milliseconds;
  }

  private void large() throws RunnerException {
    for (RunResult result : new Runner(options(LargeTreeBenchmark.class, "4g").build()).run()) {
      measurements.add(Measurement.of("10000000 accounts, one thread, a heap of 4 GB with the packed leaves in it: built",
          result.getPrimaryResult().getScore(), "s").atMost(4));
    }
  }

  private void peers(double vectors, double bouncyCastle) throws IOException {
    double openZeppelin = OpenZeppelinTree.milliseconds(checkout, PEER_LEAVES) / PEER_LEAVES * LEAVES;
    measurements.add(Measurement.of("OpenZeppelin's merkle-tree, without sums, " + PEER_LEAVES + " leaves, counted up to " + LEAVES,
        openZeppelin, "ms"));
    measurements.add(Measurement.of("hashed by BouncyCastle / ours", bouncyCastle / vectors, "times"));
    measurements.add(Measurement.of("OpenZeppelin's / ours", openZeppelin / vectors, "times"));
  }
}
