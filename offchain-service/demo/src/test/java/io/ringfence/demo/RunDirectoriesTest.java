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
    assertThat(runs.newestUnfinished()).isEmpty();
    Path over = begin(runs, true);
    Path open = begin(runs, false);
    assertThat(runs.newestUnfinished()).contains(open);
    assertThat(over).exists();
  }

  @Test
  void ofRunsThatAreOverOnlyTheNewestAreKeptAndNoneThatIsOpen() {
    RunDirectories runs = new RunDirectories(parent, "demo-");
    Path open = begin(runs, false);
    for (int i = 0; i < 5; i++) {
      begin(runs, true);
    }
    Path newest = runs.create();
    assertThat(open).exists();
    assertThat(newest).exists();
    assertThat(parent.toFile().list()).hasSize(5);
  }

  @Test
  void oneRunHasOneDriver() {
    Path run = new RunDirectories(parent, "demo-").create();
    RunDirectories.lock(run);
    assertThatThrownBy(() -> RunDirectories.lock(run)).isInstanceOf(DemoException.class).hasMessageContaining("another ./ringfence demo");
  }

  private static Path begin(RunDirectories runs, boolean finished) {
    Path run = runs.create();
    RunState state = RunState.create(RunDirectories.state(run));
    if (finished) {
      state.finish();
    }
    return run;
  }
}
