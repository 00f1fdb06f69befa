package io.ringfence.service.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.service.settlement.Settler.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SettlerTest {

  @Test
  void neighboursAreOneRange() {
    assertThat(Settler.ranges(List.of(), 256)).isEmpty();
    assertThat(Settler.ranges(List.of(7), 256)).containsExactly(new Range(7, 7));
    assertThat(Settler.ranges(List.of(0, 1, 5), 256)).containsExactly(new Range(0, 5));
  }

  @Test
  void aRangeHasNoMoreLeavesThanAllowed() {
    assertThat(Settler.ranges(List.of(0, 255, 256), 256)).containsExactly(new Range(0, 255), new Range(256, 256));
    assertThat(Settler.ranges(List.of(3, 4, 5), 1)).containsExactly(new Range(3, 3), new Range(4, 4), new Range(5, 5));
  }

  @Test
  void everyIndexIsInOneRangeAndRangesBeginAndEndWithOne() {
    Random random = new Random(5);
    for (int run = 0; run < 200; run++) {
      List<Integer> indices = random.ints(40, 0, 600).distinct().sorted().boxed().toList();
      List<Range> ranges = Settler.ranges(indices, 1 + random.nextInt(100));
      List<Integer> found = new ArrayList<>();
      for (Range range : ranges) {
        indices.stream().filter(index -> range.first() <= index && index <= range.last()).forEach(found::add);
        assertThat(indices).contains(range.first(), range.last());
      }
      assertThat(found).isEqualTo(indices);
    }
  }
}
