package io.ringfence.bench;

import io.ringfence.margin.engine.ArithmeticPath;
import io.ringfence.margin.engine.MarginEngine;
import io.ringfence.margin.engine.TickResult;
import io.ringfence.margin.engine.UnderlyingMarket;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import java.util.List;
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

/** Every account of a large venue after all prices have moved: tables, margins and the list of breached accounts. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FullVenueBenchmark {

  private static final int SAMPLES = 1000;

  @Param("1000000")
  public int accounts;

  @Param({"VECTOR", "SCALAR"})
  public ArithmeticPath path;

  @Param("2")
  public int threads;

  private final PortfolioMarginParameters parameters = PortfolioGrids.standard();
  private MarginEngine engine;
  private List<List<UnderlyingMarket>> markets;
  private int next;

  /** Loads the books and compares sampled accounts with the model. */
  @Setup
  public void load() {
    Venue venue = Venue.of(2, 18, accounts, 10);
    engine = venue.load(parameters, path, threads);
    markets = List.of(venue.markets(1), venue.markets(2));
    for (List<UnderlyingMarket> each : markets) {
      TickResult result = engine.tick(each);
      venue.verify(engine, parameters, each, SAMPLES / markets.size());
      System.out.printf("%n# %d samples equal the model; %d options; %d breached; books %.1f bytes a position, tables %d bytes%n",
          SAMPLES / markets.size(), result.recomputedRows(), result.breached().length, (double) engine.bookBytes() / (10.0 * accounts),
          engine.tableBytes());
    }
  }

  @Benchmark
  public TickResult tickOfEveryPrice(CpuTime cpu) {
    cpu.operations++;
    return engine.tick(markets.get(next++ % markets.size()));
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
