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

/** All prices of one underlying move: from the quotes to the list of breached accounts, with the whole table computed anew. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.SampleTime, Mode.AverageTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class TickBenchmark {

  @Param("100000")
  public int accounts;

  @Param("VECTOR")
  public ArithmeticPath path;

  @Param("2")
  public int threads;

  private MarginEngine engine;
  private List<UnderlyingMarket> markets;
  private int next;

  /** Loads the books and both underlyings' markets. */
  @Setup
  public void load() {
    PortfolioMarginParameters parameters = PortfolioGrids.standard();
    Venue venue = Venue.of(2, 18, accounts, 10);
    engine = venue.load(parameters, path, threads);
    engine.tick(venue.markets(1));
    markets = List.of(venue.market("BTC", 2), venue.market("BTC", 3));
    engine.tick(markets.get(0));
    venue.verify(engine, parameters, List.of(markets.get(0), venue.market("ETH", 1)), 100);
  }

  @Benchmark
  public int[] tickToBreachedAccounts(CpuTime cpu) {
    cpu.operations++;
    TickResult result = engine.tick(markets.get(++next % markets.size()));
    return result.breached();
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
