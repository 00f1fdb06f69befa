package io.ringfence.margin.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.margin.risk.VolatilitySurface.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes, between them, beyond them. */
class VolatilitySurfaceTest {

  private static final long DAY = 86_400;
  private static final VolatilitySurface SURFACE = VolatilitySurface.of(List.of(
      new Node(30, 1.5, 1.5), new Node(10, 0.5, 2), new Node(10, 1.5, 1), new Node(30, 0.5, 3)));

  @Test
  void nodesAreHit() {
    assertThat(SURFACE.ratio(10 * DAY, 0.5)).isEqualTo(2);
    assertThat(SURFACE.ratio(10 * DAY, 1.5)).isEqualTo(1);
    assertThat(SURFACE.ratio(30 * DAY, 0.5)).isEqualTo(3);
    assertThat(SURFACE.ratio(30 * DAY, 1.5)).isEqualTo(1.5);
  }

  @Test
  void betweenNodesItIsBilinear() {
    assertThat(SURFACE.ratio(10 * DAY, 1.0)).isEqualTo(1.5);
    assertThat(SURFACE.ratio(20 * DAY, 0.5)).isEqualTo(2.5);
    assertThat(SURFACE.ratio(20 * DAY, 1.0)).isEqualTo((1.5 + 2.25) / 2);
  }

  @Test
  void beyondNodesItIsConstant() {
    assertThat(SURFACE.ratio(-5, 0.1)).isEqualTo(2);
    assertThat(SURFACE.ratio(999 * DAY, 9)).isEqualTo(1.5);
    assertThat(VolatilitySurface.FLAT.ratio(1, 7)).isEqualTo(1);
  }

  @Test
  void incompleteGridsAreRefused() {
    assertThatThrownBy(() -> VolatilitySurface.of(List.of(new Node(1, 1, 1), new Node(2, 2, 1))))
        .hasMessage("surface has no node at 1.0 days and moneyness 2.0; give a full grid");
    assertThatThrownBy(() -> VolatilitySurface.of(List.of(new Node(1, 1, 1), new Node(1, 1, 2)))).hasMessageContaining("two nodes");
    assertThatThrownBy(() -> VolatilitySurface.of(List.of())).hasMessageContaining("no nodes");
    assertThatThrownBy(() -> new Node(1, 1, 0)).hasMessageStartingWith("ratio is 0.0");
  }
}
