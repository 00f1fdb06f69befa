package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringfence.margin.portfolio.PortfolioGrids;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Once compiled, an account costs no allocation: what a tick allocates does not grow with the accounts, but for the lists it returns. */
class EngineAllocationTest {

  private static final int ACCOUNTS = 8000;
  private static final int MOST_TICKS = 400;
  private static final long MOST_BYTES = 40_000;

  @ParameterizedTest
  @EnumSource
  void accountsAllocateNothing(ArithmeticPath path) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    World world = new World(81, PortfolioGrids.standard(), ACCOUNTS);
    try (MarginEngine engine = world.engine(path, 1)) {
      List<UnderlyingMarket> markets = World.UNDERLYINGS.stream().map(world.markets::get).toList();
      long least = Long.MAX_VALUE;
      // Until the compiler has come to it, vectors are objects.
      for (int i = 0; i < MOST_TICKS && least > MOST_BYTES; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        TickResult result = engine.tick(markets);
        long lists = 4L * (result.breached().length + result.unmargined().length);
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before - lists);
      }
      // Three vectors of one account alone would be 24 times as much.
      assertThat(least).isLessThan(MOST_BYTES);
    }
  }
}
