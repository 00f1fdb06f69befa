package io.ringfence.demo.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {

  @TempDir private Path directory;

  private RunState state;
  private Processes processes;

  @BeforeEach
  void begin() {
    state = RunState.create(directory.resolve("state.json"), "build");
    processes = new Processes(state, directory);
  }

  @AfterEach
  void end() {
    processes.names().forEach(processes::stop);
  }

  @Test
  void anotherDriverFindsWhatThisOneStarted() {
    long pid = processes.start("sleeper", List.of("sleep", "60"), Map.of());
    Processes other = new Processes(RunState.load(directory.resolve("state.json")), directory);
    assertThat(other.find("sleeper").map(ProcessHandle::pid)).contains(pid);
    other.require("sleeper", "the sleeper");
    other.stop("sleeper");
    assertThat(processes.find("sleeper")).isEmpty();
  }

  @Test
  void aProcessThatWasKilledIsNamedWithItsId() {
    long pid = processes.start("sleeper", List.of("sleep", "60"), Map.of());
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    Waiting waiting = new Waiting(() -> processes.require("sleeper", "the service"));
    assertThatThrownBy(() -> waiting.until("nothing", Duration.ofSeconds(20), Optional::empty))
        .isInstanceOf(DemoException.ProcessGone.class)
        .hasMessage("the service (process " + pid + ") is gone");
  }

  @Test
  void anotherProcessWithTheSameIdIsNotOurs() {
    long pid = processes.start("sleeper", List.of("sleep", "60"), Map.of());
    state.process("sleeper", new RunState.Started(pid, 1));
    assertThat(processes.find("sleeper")).isEmpty();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  @Test
  void whatWasStartedEndsWithItsWarden() {
    processes.guard(warden());
    long pid = processes.start("sleeper", List.of("sleep", "60"), Map.of());
    processes.unguard();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThatThrownBy(() -> processes.start("another", List.of("sleep", "60"), Map.of())).hasMessageContaining("being stopped");
  }

  @Test
  void theWardenEndsADatabaseWhoseServiceIsGone() throws IOException {
    Path server = Files.createSymbolicLink(directory.resolve("postgres-server"), Path.of("/usr/bin/sleep"));
    long database = processes.start("database", List.of(server.toString(), "600"), Map.of());
    Files.createDirectories(directory.resolve("data/postgres"));
    Files.writeString(directory.resolve("data/postgres/postmaster.pid"), database + "\n" + directory + "\n");
    state.process("database", new RunState.Started(database, 1));
    Processes other = new Processes(state, directory);
    other.guard(warden());
    other.unguard();
    assertThat(ProcessHandle.of(database).filter(ProcessHandle::isAlive)).isEmpty();
  }

  private List<String> warden() {
    return List.of("bash", Path.of("../../scripts/warden").toAbsolutePath().toString(), directory.resolve("data").toString());
  }

  @Test
  void whatIsWaitedForInVainIsNamed() {
    assertThatThrownBy(() -> new Waiting(() -> {}).untilTrue("a miracle", Duration.ZERO, () -> false))
        .hasMessage("waited 0 s in vain for a miracle");
  }

  @Test
  void theStateSurvivesAndOnlyItsOwnerReadsIt() throws IOException {
    state.apiKey("reader", "rf_secret");
    state.nextStep(7);
    state.shift(11);
    state.servicePort(4711);
    state.ready();
    RunState again = RunState.load(directory.resolve("state.json"));
    assertThat(again.get()).isEqualTo(state.get());
    assertThat(again.get().nextStep()).isEqualTo(7);
    assertThat(again.get().ready()).isTrue();
    assertThat(again.get().apiKeys()).containsEntry("reader", "rf_secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("state.json")))).isEqualTo("rw-------");
  }

  @Test
  void aStateThatCannotBeReadIsOneSentence() throws IOException {
    Files.writeString(directory.resolve("broken.json"), "{");
    assertThatThrownBy(() -> RunState.load(directory.resolve("broken.json")))
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("broken.json cannot be read");
  }
}
