package io.ringfence.bench;

import io.ringfence.margin.engine.ArithmeticPath;
import io.ringfence.margin.engine.MarginEngine;
import io.ringfence.margin.portfolio.PortfolioGrids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The margin engine's measurements, and the figures made of them. */
final class MarginBench {

  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  private final boolean thorough;
  private final int accounts;
  private final List<Measurement> measurements = new ArrayList<>();

  MarginBench(boolean thorough, int accounts) {
    this.thorough = thorough;
    this.accounts = accounts;
  }

  List<Measurement> run() throws RunnerException {
    fullVenue();
    peers();
    tick();
    memory();
    limits();
    return measurements;
  }

  private ChainedOptionsBuilder options(Class<?> benchmark) {
    return new OptionsBuilder()
        .include(benchmark.getName() + ".*")
        .forks(thorough ? 3 : 1)
        .warmupIterations(thorough ? 5 : 2)
        .warmupTime(TimeValue.seconds(4))
        .measurementIterations(thorough ? 10 : 4)
        .measurementTime(TimeValue.seconds(4))
        .jvmArgsAppend(VECTORS, "-Xms4g", "-Xmx4g");
  }

  private static double processorMilliseconds(RunResult result) {
    double nanoseconds = result.getSecondaryResults().get("cpuNanoseconds").getScore();
    return nanoseconds / result.getSecondaryResults().get("operations").getScore() / 1e6;
  }

  private void fullVenue() throws RunnerException {
    Collection<RunResult> results = new Runner(options(FullVenueBenchmark.class)
        .param("accounts", Integer.toString(accounts)).addProfiler(GCProfiler.class).build()).run();
    for (RunResult result : results) {
      String path = result.getParams().getParam("path");
      String name = "all margins of " + accounts + " accounts, " + path.toLowerCase(Locale.ROOT);
      Measurement clock = Measurement.of(name + ": time", result.getPrimaryResult().getScore(), "ms");
      boolean measured = path.equals("VECTOR") && accounts == 1_000_000;
      measurements.add(measured ? clock.atMost(500) : clock);
      measurements.add(Measurement.of(name + ": processor time, cores added", processorMilliseconds(result), "ms"));
      measurements.add(Measurement.of(name + ": allocated an account",
          result.getSecondaryResults().get("gc.alloc.rate.norm").getScore() / accounts, "bytes"));
    }
  }

  /** By the clock and by processor time: the latter is what other programs on the machine leave as it is. */
  private void peers() throws RunnerException {
    Map<String, Double> clock = new HashMap<>();
    Map<String, Double> processor = new HashMap<>();
    for (RunResult result : new Runner(options(PeerBenchmark.class).build()).run()) {
      clock.put(result.getPrimaryResult().getLabel(), result.getPrimaryResult().getScore());
      processor.put(result.getPrimaryResult().getLabel(), 1e3 / processorMilliseconds(result));
    }
    String of = "100 options x 16 scenarios, one thread: ";
    measurements.add(Measurement.of(of + "engine", clock.get("engine"), "portfolios/s"));
    measurements.add(Measurement.of(of + "Strata", clock.get("strata"), "portfolios/s"));
    measurements.add(Measurement.of(of + "Strata, values shared among portfolios", clock.get("strataSharing"), "portfolios/s"));
    measurements.add(ratio(of + "engine / Strata", clock, "strata").atLeast(40));
    measurements.add(ratio(of + "engine / Strata, values shared", clock, "strataSharing"));
    measurements.add(Measurement.of(of + "engine, a second of processor time", processor.get("engine"), "portfolios/s"));
    measurements.add(ratio(of + "engine / Strata, processor time", processor, "strata"));
    measurements.add(ratio(of + "engine / Strata, values shared, processor time", processor, "strataSharing"));
  }

  private static Measurement ratio(String name, Map<String, Double> figures, String peer) {
    return Measurement.of(name, figures.get("engine") / figures.get(peer), "times");
  }

  private void tick() throws RunnerException {
    for (RunResult result : new Runner(options(TickBenchmark.class).build()).run()) {
      String name = "one underlying's tick to the breached among 100000 accounts: ";
      if (result.getParams().getMode() == Mode.SampleTime) {
        measurements.add(Measurement.of(name + "p50", result.getPrimaryResult().getStatistics().getPercentile(50), "ms"));
        measurements.add(Measurement.of(name + "p99", result.getPrimaryResult().getStatistics().getPercentile(99), "ms").atMost(25));
      } else {
        measurements.add(Measurement.of(name + "processor time, cores added", processorMilliseconds(result), "ms"));
      }
    }
  }

  private void memory() {
    int loaded = 200_000;
    try (MarginEngine engine = Venue.of(2, 18, loaded, 10).load(PortfolioGrids.standard(), ArithmeticPath.SCALAR, 1)) {
      measurements.add(Measurement.of("arrays for a position, 10 positions an account", engine.bookBytes() / (10.0 * loaded), "bytes")
          .atMost(200));
    }
  }

  private void limits() throws RunnerException {
    for (RunResult result : new Runner(options(LimitBenchmark.class).build()).run()) {
      double nanoseconds = 1e6 * processorMilliseconds(result);
      if (result.getPrimaryResult().getLabel().equals("stream")) {
        measurements.add(Measurement.of("memory read by one core", 8.0 * LimitBenchmark.DOUBLES / nanoseconds, "GB/s"));
      } else {
        measurements.add(Measurement.of("a row of 40 columns multiplied and added, one core", nanoseconds, "ns"));
      }
    }
  }
}
