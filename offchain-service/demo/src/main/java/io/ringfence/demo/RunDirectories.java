package io.ringfence.demo;

import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
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
  private static final int KEPT = 3;

  private final Path parent;
  private final String prefix;

  RunDirectories(Path parent, String prefix) {
    this.parent = parent;
    this.prefix = prefix;
  }

  /** A directory for a new run. Of runs that are over, only the newest are kept. */
  Path create() {
    try {
      Files.createDirectories(parent);
      prune();
      return Files.createTempDirectory(parent, prefix);
    } catch (IOException failure) {
      throw new DemoException("no directory for the run can be made in " + parent + ": " + failure.getMessage(), failure);
    }
  }

  private static boolean taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException thisProcessHasIt) {
      return false;
    }
  }

  private void prune() throws IOException {
    List<Path> finished = runs().stream()
        .filter(run -> RunState.load(state(run)).get().finished())
        .sorted(Comparator.comparingLong((Path run) -> RunState.load(state(run)).get().startedAtMillis()).reversed())
        .toList();
    for (Path run : finished.subList(Math.min(KEPT, finished.size()), finished.size())) {
      delete(run);
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

  /** The newest run that has not come to its end and that no other driver holds. */
  Optional<Path> newestUnfinished() {
    return unfinished().stream().max(Comparator.comparingLong(run -> RunState.load(state(run)).get().startedAtMillis()));
  }

  /** Runs that have not come to their end. */
  List<Path> unfinished() {
    return runs().stream().filter(run -> !RunState.load(state(run)).get().finished()).toList();
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
    try {
      FileChannel channel = FileChannel.open(run.resolve("driver.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!taken(channel)) {
        channel.close();
        throw new DemoException("another ./ringfence demo drives the run in " + run + "; wait for it, or stop it first");
      }
    } catch (IOException failure) {
      throw new DemoException("the run's directory " + run + " cannot be locked: " + failure.getMessage(), failure);
    }
  }
}
