package io.ringfence.demo;

import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The directories of runs: {@code demo-XXXX} or {@code up-XXXX}, one each, so that several runs can go on side by side. */
final class RunDirectories {

  private static final String STATE = "state.json";
  private static final int KEPT = 3;
  private static final Map<Path, FileChannel> HELD = new HashMap<>();

  private final Path parent;
  private final String prefix;

  RunDirectories(Path parent, String prefix) {
    this.parent = parent;
    this.prefix = prefix;
  }

  /** A directory for a new run. Of runs that nobody drives, only the newest are kept: of those that are over, and of the others. */
  Path create() {
    try {
      Files.createDirectories(parent);
      prune(finished(true));
      prune(finished(false));
      return Files.createTempDirectory(parent, prefix);
    } catch (IOException failure) {
      throw new DemoException("no directory for the run can be made in " + parent + ": " + failure.getMessage(), failure);
    }
  }

  private static void prune(List<Path> runs) throws IOException {
    for (Path run : runs.subList(Math.min(KEPT, runs.size()), runs.size())) {
      if (!held(run)) {
        delete(run);
      }
    }
  }

  private static void delete(Path run) throws IOException {
    try (Stream<Path> content = Files.walk(run)) {
      for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  static Path state(Path run) {
    return run.resolve(STATE);
  }

  /** The newest run that has not come to its end and that no other driver holds, now held by this process. */
  Optional<Path> takeUnfinished() {
    return unfinished().stream().filter(RunDirectories::hold).findFirst();
  }

  /** Runs that have not come to their end, the newest first. */
  List<Path> unfinished() {
    return finished(false);
  }

  private List<Path> finished(boolean wanted) {
    return runs().stream()
        .filter(run -> RunState.load(state(run)).get().finished() == wanted)
        .sorted(Comparator.comparingLong((Path run) -> RunState.load(state(run)).get().startedAtMillis()).reversed())
        .toList();
  }

  private List<Path> runs() {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix) && Files.exists(state(entry)))
          .toList();
    } catch (IOException failure) {
      throw new DemoException(parent + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** Makes this process the run's only driver, until it ends. */
  static void lock(Path run) {
    if (!hold(run)) {
      throw new DemoException("another ./ringfence drives the run in " + run + "; wait for it, or stop it first");
    }
  }

  /** Locks the run for this process, until it ends; false if another process has it, or this one already. */
  private static synchronized boolean hold(Path run) {
    Optional<FileChannel> channel = tryLock(run);
    // A channel that nobody refers to is closed by the garbage collector, and the lock goes with it.
    channel.ifPresent(locked -> HELD.put(run.toAbsolutePath().normalize(), locked));
    return channel.isPresent();
  }

  private static synchronized boolean held(Path run) throws IOException {
    Optional<FileChannel> channel = tryLock(run);
    if (channel.isPresent()) {
      channel.get().close();
    }
    return channel.isEmpty();
  }

  /** What this process holds is not even opened: closing any channel of a file lets go of every lock that the process has on it. */
  private static Optional<FileChannel> tryLock(Path run) {
    if (HELD.containsKey(run.toAbsolutePath().normalize())) {
      return Optional.empty();
    }
    try {
      FileChannel channel = FileChannel.open(run.resolve("driver.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
      channel.close();
      return Optional.empty();
    } catch (IOException failure) {
      throw new DemoException("the run's directory " + run + " cannot be locked: " + failure.getMessage(), failure);
    }
  }
}
