package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's margins are the model's to the bit, with vectors and without, whatever the grid and the number of threads. */
class EngineBitsTest {

  private static void tickAll(MarginEngine engine, World world) {
    engine.tick(World.UNDERLYINGS.stream().map(world.markets::get).toList());
  }

  private static void requireModel(World world) {
    try (MarginEngine vector = world.engine(ArithmeticPath.VECTOR, 2); MarginEngine scalar = world.engine(ArithmeticPath.SCALAR, 1)) {
      tickAll(vector, world);
      tickAll(scalar, world);
      SameBits.asTheModel(vector, world);
      SameBits.asEachOther(scalar, vector, world.accounts.size());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void standardGrid(long seed) {
    requireModel(new World(seed, PortfolioGrids.standard(), 300));
  }

  @Test
  void gridsOfEverySize() {
    List<PortfolioMarginParameters> grids = Grids.all();
    for (int i = 0; i < grids.size(); i++) {
      requireModel(new World(100 + i, grids.get(i), 60));
    }
  }

  @Test
  void vectorsAreUsedHere() {
    assertThat(ArithmeticPath.VECTOR.kernel()).isInstanceOf(VectorKernel.class);
  }

  @Test
  void numberOfThreadsDoesNotShow() {
    // More than one block of accounts for each thread.
    World world = new World(7, PortfolioGrids.standard(), 3 * AccountMargins.ACCOUNTS_PER_BLOCK + 17);
    try (MarginEngine one = world.engine(ArithmeticPath.VECTOR, 1); MarginEngine many = world.engine(ArithmeticPath.VECTOR, 5)) {
      List<UnderlyingMarket> markets = World.UNDERLYINGS.stream().map(world.markets::get).toList();
      TickResult ofOne = one.tick(markets);
      TickResult ofMany = many.tick(markets);
      SameBits.asEachOther(many, one, world.accounts.size());
      assertThat(ofMany.breached()).isEqualTo(ofOne.breached()).isNotEmpty();
      assertThat(ofMany.recomputedRows()).isEqualTo(ofOne.recomputedRows()).isEqualTo(world.instruments.count());
    }
  }

  @Test
  void breachedAccountsAreThoseWithAMarginBelowZero() {
    World world = new World(8, PortfolioGrids.standard(), 500);
    try (MarginEngine engine = world.engine(ArithmeticPath.VECTOR, 2)) {
      tickAll(engine, world);
      UnderlyingMarket moved = world.market("ETH");
      world.markets.put("ETH", moved);
      TickResult result = engine.tick(moved);
      double[] initials = engine.initials();
      double[] maintenances = engine.maintenances();
      int[] expected = IntStream.range(0, 500)
          .filter(account -> initials[account] < 0 || maintenances[account] < 0).toArray();
      assertThat(result.breached()).isEqualTo(expected);
      assertThat(expected.length).isBetween(1, 499);
      assertThat(result.unmargined()).isEmpty();
      assertThat(Arrays.stream(initials).boxed()).doesNotContain(Double.NaN);
      SameBits.asTheModel(engine, world);
    }
  }
}
