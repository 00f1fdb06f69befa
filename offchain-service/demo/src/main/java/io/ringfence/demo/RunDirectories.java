package io.ringfence.demo;

import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The directories of runs: {@code demo-XXXX} or {@code up-XXXX}, one each, so that several runs can go on side by side. */
final class RunDirectories {

  private static final String STATE = "state.json";

  private final Path parent;
  private final String prefix;

  RunDirectories(Path parent, String prefix) {
    this.parent = parent;
    this.prefix = prefix;
  }

  /** A directory for a new run. */
  Path create() {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, prefix);
    } catch (IOException failure) {
      throw new DemoException("no directory for the run can be made in " + parent + ": " + failure.getMessage(), failure);
    }
  }

  static Path state(Path run) {
    return run.resolve(STATE);
  }

  /** The newest run that has not come to its end and that no other driver holds. */
  Optional<Path> newestUnfinished() {
    return unfinished().stream().max(Comparator.comparingLong(run -> RunState.load(state(run)).get().startedAtMillis()));
  }

  /** Runs that have not come to their end. */
  List<Path> unfinished() {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> entry.getFileName().toString().startsWith(prefix) && Files.exists(state(entry)))
          .filter(entry -> !RunState.load(state(entry)).get().finished())
          .toList();
    } catch (IOException failure) {
      throw new DemoException(parent + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** Makes this process the run's only driver, until it ends. */
  static void lock(Path run) {
    try {
      FileChannel channel = FileChannel.open(run.resolve("driver.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new DemoException("another ./ringfence demo drives the run in " + run + "; wait for it, or stop it first");
      }
    } catch (IOException failure) {
      throw new DemoException("the run's directory " + run + " cannot be locked: " + failure.getMessage(), failure);
    }
  }
}
