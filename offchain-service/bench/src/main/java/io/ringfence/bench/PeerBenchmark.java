package io.ringfence.bench;

import io.ringfence.margin.engine.ArithmeticPath;
import io.ringfence.margin.engine.MarginEngine;
import io.ringfence.margin.engine.TickResult;
import io.ringfence.margin.engine.UnderlyingMarket;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import io.ringfence.margin.portfolio.Scenario;
import io.ringfence.margin.portfolio.VolatilityMove;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Portfolios of 100 options in 16 scenarios, in one thread each: the engine, with tables, contingencies, IM and MM, against the sums of
 * the scenarios' values with Strata's Black formula.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PeerBenchmark {

  private static final int PORTFOLIOS = 20_000;
  private static final int FEW = 20;
  private static final int OPTIONS = 100;

  private MarginEngine engine;
  private List<UnderlyingMarket> markets;
  private StrataScan strata;
  private int next;

  private static PortfolioMarginParameters sixteenScenarios() {
    List<Scenario> scenarios = new ArrayList<>(List.of(Scenario.of(1.18, VolatilityMove.UP)));
    for (double spot : new double[] {0.865, 0.91, 1.0, 1.09, 1.135}) {
      for (VolatilityMove move : List.of(VolatilityMove.DOWN, VolatilityMove.NONE, VolatilityMove.UP)) {
        scenarios.add(Scenario.of(spot, move));
      }
    }
    return PortfolioGrids.standard().withScenarios(scenarios);
  }

  /** Gives both the same books and compares a scenario's sum. */
  @Setup
  public void load() {
    PortfolioMarginParameters parameters = sixteenScenarios();
    Venue venue = Venue.of(1, 18, PORTFOLIOS, OPTIONS);
    engine = venue.load(parameters, ArithmeticPath.VECTOR, 1);
    markets = List.of(venue.market("BTC", 1), venue.market("BTC", 2));
    engine.tick(markets.get(0));
    venue.verify(engine, parameters, List.of(markets.get(0)), 100);
    strata = new StrataScan(parameters, venue, PORTFOLIOS);
    strata.requireEqual(markets.get(0), FEW);
  }

  @Benchmark
  @OperationsPerInvocation(PORTFOLIOS)
  public TickResult engine(CpuTime cpu) {
    cpu.operations += PORTFOLIOS;
    return engine.tick(markets.get(++next % 2));
  }

  /** Every option of every portfolio is valued in every scenario. */
  @Benchmark
  @OperationsPerInvocation(FEW)
  public double strata(CpuTime cpu) {
    cpu.operations += FEW;
    return strata.withoutSharing(markets.get(++next % 2), FEW);
  }

  /** Every option is valued in every scenario once, and the portfolios add quantities times values. */
  @Benchmark
  @OperationsPerInvocation(PORTFOLIOS)
  public double strataSharing(CpuTime cpu) {
    cpu.operations += PORTFOLIOS;
    return strata.sharing(markets.get(++next % 2), PORTFOLIOS);
  }

  @TearDown
  public void close() {
    engine.close();
  }
}
