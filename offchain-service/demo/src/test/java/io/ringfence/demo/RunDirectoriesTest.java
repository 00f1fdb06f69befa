package io.ringfence.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoriesTest {

  @TempDir private Path parent;

  @Test
  void onlyARunThatWasCutShortCanBeResumed() {
    RunDirectories runs = new RunDirectories(parent, "demo-");
    assertThat(runs.takeUnfinished()).isEmpty();
    Path over = begin(runs, true);
    Path open = begin(runs, false);
    assertThat(runs.takeUnfinished()).contains(open);
    assertThat(over).exists();
  }

  @Test
  void aRunThatSomebodyDrivesIsNotTaken() {
    RunDirectories runs = new RunDirectories(parent, "demo-");
    Path open = begin(runs, false);
    Path driven = begin(runs, false);
    RunDirectories.lock(driven);
    assertThat(runs.takeUnfinished()).contains(open);
    assertThat(runs.takeUnfinished()).isEmpty();
    assertThat(runs.unfinished()).containsExactlyInAnyOrder(driven, open);
  }

  @Test
  void ofRunsThatNobodyDrivesOnlyTheNewestAreKept() {
    RunDirectories runs = new RunDirectories(parent, "demo-");
    Path driven = begin(runs, false);
    RunDirectories.lock(driven);
    for (int i = 0; i < 5; i++) {
      begin(runs, true);
      begin(runs, false);
    }
    Path newest = runs.create();
    assertThat(driven).exists();
    assertThat(newest).exists();
    assertThat(parent.toFile().list()).hasSize(8);
  }

  @Test
  void oneRunHasOneDriver() {
    Path run = new RunDirectories(parent, "demo-").create();
    RunDirectories.lock(run);
    assertThatThrownBy(() -> RunDirectories.lock(run)).isInstanceOf(DemoException.class).hasMessageContaining("another ./ringfence");
  }

  private static Path begin(RunDirectories runs, boolean finished) {
    Path run = runs.create();
    RunState state = RunState.create(RunDirectories.state(run), "build");
    if (finished) {
      state.finish();
    }
    return run;
  }
}
