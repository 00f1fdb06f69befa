package io.ringfence.demo.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts processes that outlive this one, finds them again by id and start time, and stops them. */
public final class Processes {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final RunState state;
  private final Path logs;

  /** Logs go to {@code NAME.log} in {@code logs}. */
  public Processes(RunState state, Path logs) {
    this.state = state;
    this.logs = logs;
  }

  /** Starts a process in a session of its own where the system can, so that a signal to the driver's terminal does not reach it. */
  public long start(String name, List<String> command, Map<String, String> environment) {
    List<String> line = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      line.add(setsid.toString());
    }
    line.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      state.process(name, new RunState.Started(process.pid(), startOf(process.toHandle())));
      return process.pid();
    } catch (IOException failure) {
      throw new DemoException(name + " cannot be started: " + failure.getMessage(), failure);
    }
  }

  /** Where a process writes to. */
  public Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** The process of that name, if it was started and still runs. */
  public Optional<ProcessHandle> find(String name) {
    RunState.Started started = state.get().processes().get(name);
    return started == null
        ? Optional.empty()
        : ProcessHandle.of(started.pid()).filter(ProcessHandle::isAlive).filter(handle -> startOf(handle) == started.startedAtMillis());
  }

  /** Throws unless the process runs. */
  public void require(String name, String what) {
    if (find(name).isEmpty()) {
      RunState.Started started = state.get().processes().get(name);
      throw new DemoException.ProcessGone(what, started == null ? 0 : started.pid());
    }
  }

  /** Ends a process: asks it to, and after a while makes it. */
  public void stop(String name) {
    find(name).ifPresent(handle -> {
      handle.destroy();
      try {
        handle.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
      } catch (TimeoutException | ExecutionException late) {
        handle.destroyForcibly();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        handle.destroyForcibly();
      }
    });
  }

  /** Names of everything that was ever started in this run. */
  public List<String> names() {
    return List.copyOf(state.get().processes().keySet());
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
