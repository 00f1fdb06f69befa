package io.ringfence.service.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Postgres server that is running on a data directory, as its {@code postmaster.pid} names it.
 *
 * @param process the server's process
 * @param port the TCP port it listens on
 */
record Postmaster(ProcessHandle process, int port) {
  private static final int PID_LINE = 0;
  private static final int PORT_LINE = 3;
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  /**
   * The live server of {@code cluster}, or empty. A file that a dead server left is removed, for its number may belong to another
   * by now.
   */
  static Optional<Postmaster> of(Path cluster) throws IOException {
    Path file = cluster.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    var process = lines.isEmpty() ? Optional.<ProcessHandle>empty() : process(lines.get(PID_LINE));
    if (process.isEmpty()) {
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    if (lines.size() <= PORT_LINE) {
      throw new IOException("the Postgres server (process " + process.get().pid() + ") on " + cluster + " is still starting: try again");
    }
    return Optional.of(new Postmaster(process.get(), Integer.parseInt(lines.get(PORT_LINE).strip())));
  }

  /** Asks for a fast shutdown (open transactions are rolled back, nothing committed is lost) and waits for the process to end. */
  void stop() throws IOException {
    try {
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      process.onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the Postgres server (process " + process.pid() + ") did not stop within " + STOP_LIMIT.toSeconds() + " s", e);
    }
  }

  private static Optional<ProcessHandle> process(String pid) {
    return ProcessHandle.of(Long.parseLong(pid.strip()))
        .filter(ProcessHandle::isAlive)
        .filter(handle -> handle.info().command().map(command -> command.contains("postgres")).orElse(false));
  }
}
