package io.ringfence.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OwingCutTest {

  @Test
  void workedExampleOfTheDesign() {
    assertThat(OwingCut.of(amounts(600, 400), amounts(300, 0), BigInteger.valueOf(100))).isEqualTo(amounts(43, 58));
  }

  @Test
  void excessBeyondAllOwingIsAnUnmatchedBook() {
    assertThatThrownBy(() -> OwingCut.of(amounts(600, -600), amounts(500, 0), BigInteger.valueOf(130)))
        .isInstanceOfSatisfying(UnmatchedBookException.class, unmatched -> assertThat(unmatched.amount()).isEqualTo(30));
  }

  @Test
  void cutsCoverTheExcessAndStayWithinOwing() {
    Random random = new Random(5);
    for (int run = 0; run < 500; run++) {
      int accounts = 1 + random.nextInt(8);
      List<BigInteger> nets = random.longs(accounts, -1_000, 1_000).mapToObj(BigInteger::valueOf).toList();
      List<BigInteger> settled = random.longs(accounts, -1_000, 1_000).mapToObj(BigInteger::valueOf).toList();
      long owing = IntStream.range(0, accounts).mapToLong(i -> Math.max(0, nets.get(i).subtract(settled.get(i)).longValue())).sum();
      if (owing == 0) {
        continue;
      }
      BigInteger excess = BigInteger.valueOf(1 + random.nextLong(owing));
      List<BigInteger> cuts = OwingCut.of(nets, settled, excess);
      BigInteger whole = cuts.stream().reduce(BigInteger.ZERO, BigInteger::add);
      assertThat(whole).isBetween(excess, excess.add(BigInteger.valueOf(accounts)));
      for (int i = 0; i < accounts; i++) {
        assertThat(cuts.get(i)).isBetween(BigInteger.ZERO, nets.get(i).subtract(settled.get(i)).max(BigInteger.ZERO));
      }
    }
  }

  private static List<BigInteger> amounts(long... amounts) {
    return LongStream.of(amounts).mapToObj(BigInteger::valueOf).toList();
  }
}
