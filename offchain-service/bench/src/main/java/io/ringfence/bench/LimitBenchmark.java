package io.ringfence.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What one core of this machine can do at best, to hold the engine against: reading memory, and adding rows of the table. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LimitBenchmark {

  static final int DOUBLES = 16 * 1024 * 1024;
  static final int ROWS = 100_000;
  static final int COLUMNS = 40;

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int LISTED = 432;

  private double[] stream;
  private double[] table;
  private int[] rows;
  private double[] quantities;

  /** Fills more memory than caches hold, and one underlying's table, which they do hold. */
  @Setup
  public void fill() {
    SplittableRandom random = new SplittableRandom(1);
    stream = random.doubles(DOUBLES).toArray();
    table = random.doubles((long) LISTED * COLUMNS).toArray();
    rows = random.ints(ROWS, 0, LISTED).toArray();
    quantities = random.doubles(ROWS).toArray();
  }

  /** Time to read {@link #DOUBLES} doubles once. */
  @Benchmark
  public double stream(CpuTime cpu) {
    cpu.operations++;
    DoubleVector first = DoubleVector.zero(SPECIES);
    DoubleVector second = DoubleVector.zero(SPECIES);
    for (int i = 0; i < DOUBLES; i += 2 * LANES) {
      first = first.add(DoubleVector.fromArray(SPECIES, stream, i));
      second = second.add(DoubleVector.fromArray(SPECIES, stream, i + LANES));
    }
    return first.add(second).reduceLanes(VectorOperators.ADD);
  }

  /** Time to multiply and add one row of the table, without expiries, discounts and all else that an account needs. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double rows(CpuTime cpu) {
    cpu.operations += ROWS;
    double sum = 0.0;
    for (int column = 0; column < COLUMNS; column += 2 * LANES) {
      sum += column + 2 * LANES <= COLUMNS ? pair(column) : single(column);
    }
    return sum;
  }

  private double pair(int column) {
    DoubleVector first = DoubleVector.zero(SPECIES);
    DoubleVector second = DoubleVector.zero(SPECIES);
    for (int i = 0; i < ROWS; i++) {
      int offset = rows[i] * COLUMNS + column;
      DoubleVector quantity = DoubleVector.broadcast(SPECIES, quantities[i]);
      first = first.add(quantity.mul(DoubleVector.fromArray(SPECIES, table, offset)));
      second = second.add(quantity.mul(DoubleVector.fromArray(SPECIES, table, offset + LANES)));
    }
    return first.add(second).reduceLanes(VectorOperators.ADD);
  }

  private double single(int column) {
    DoubleVector first = DoubleVector.zero(SPECIES);
    for (int i = 0; i < ROWS; i++) {
      DoubleVector quantity = DoubleVector.broadcast(SPECIES, quantities[i]);
      first = first.add(quantity.mul(DoubleVector.fromArray(SPECIES, table, rows[i] * COLUMNS + column)));
    }
    return first.reduceLanes(VectorOperators.ADD);
  }
}
