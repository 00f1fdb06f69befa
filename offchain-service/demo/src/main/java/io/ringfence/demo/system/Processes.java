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
import java.util.concurrent.locks.LockSupport;

/** Starts processes that outlive this one, finds them again by id and start time, and stops them. */
public final class Processes {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration WARDEN_LIMIT = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(20);

  private final RunState state;
  private final Path logs;
  private Optional<Warden> warden = Optional.empty();
  private boolean closed;

  /** Logs go to {@code NAME.log} in {@code logs}. */
  public Processes(RunState state, Path logs) {
    this.state = state;
    this.logs = logs;
  }

  /**
   * Has a warden end what was and will be started here as soon as this process is gone. One that an earlier driver of the run left behind
   * is waited for: it is ending that driver's processes.
   *
   * @param command the warden's
   */
  public synchronized void guard(List<String> command) {
    find(Warden.NAME).ifPresent(earlier -> awaitEnd(earlier, WARDEN_LIMIT));
    Warden fresh = Warden.start(own(command), log(Warden.NAME));
    state.process(Warden.NAME, new RunState.Started(fresh.handle().pid(), startOf(fresh.handle())));
    names().stream().filter(name -> !name.equals(Warden.NAME)).flatMap(name -> find(name).stream())
        .forEach(running -> fresh.watch(running.pid()));
    warden = Optional.of(fresh);
  }

  /** Lets the warden go; whatever still runs goes with it, and nothing is started any more. */
  public synchronized void unguard() {
    closed = true;
    warden.ifPresent(Warden::dismiss);
    warden = Optional.empty();
  }

  /** Starts a process in a session of its own where the system can, so that a signal to the driver's terminal does not reach it. */
  public synchronized long start(String name, List<String> command, Map<String, String> environment) {
    if (closed) {
      throw new DemoException(name + " is not started: the run is being stopped");
    }
    ProcessBuilder builder = new ProcessBuilder(own(command)).redirectErrorStream(true);
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      state.process(name, new RunState.Started(process.pid(), startOf(process.toHandle())));
      warden.ifPresent(watching -> watching.watch(process.pid()));
      return process.pid();
    } catch (IOException failure) {
      throw new DemoException(name + " cannot be started: " + failure.getMessage(), failure);
    }
  }

  private static List<String> own(List<String> command) {
    List<String> line = new ArrayList<>();
    Path setsid = Path.of("/usr/bin/setsid");
    if (Files.isExecutable(setsid)) {
      line.add(setsid.toString());
    }
    line.addAll(command);
    return line;
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
        : ProcessHandle.of(started.pid()).filter(Processes::runs).filter(handle -> startOf(handle) == started.startedAtMillis());
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
      if (!awaitEnd(handle, STOP_LIMIT)) {
        handle.destroyForcibly();
      }
    });
  }

  private static boolean awaitEnd(ProcessHandle handle, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (runs(handle)) {
      if (System.nanoTime() > end) {
        return false;
      }
      LockSupport.parkNanos(POLL.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return true;
  }

  /** A process that has ended but that nobody has buried yet does not run. */
  private static boolean runs(ProcessHandle handle) {
    Path file = Path.of("/proc", Long.toString(handle.pid()), "stat");
    try {
      String text = Files.readString(file);
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException noSuchFile) {
      return handle.isAlive();
    }
  }

  /** Names of everything that was ever started in this run. */
  public List<String> names() {
    return List.copyOf(state.get().processes().keySet());
  }

  private static long startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }
}
