package io.ringfence.demo.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;

/** What a driver must know to go on after another one was killed. Kept in one file, replaced in one step after each change. */
public final class RunState {

  private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;
  private Content content;

  private RunState(Path file, Content content) {
    this.file = file;
    this.content = content;
  }

  /**
   * The file's content.
   *
   * @param startedAtMillis wall clock
   * @param build name of the build that the run was begun with
   * @param finished whether the run has come to its end, good or bad
   * @param ready whether everything before the replay is done
   * @param nextStep the first step that is not finished
   * @param shiftSeconds how far the chain's clock is ahead of the replay's because nobody drove it for a while
   * @param servicePort where the service listens; 0 before it was started
   * @param processes what was started, by name
   * @param apiKeys secrets by role
   */
  public record Content(
      long startedAtMillis,
      String build,
      boolean finished,
      boolean ready,
      int nextStep,
      long shiftSeconds,
      int servicePort,
      Map<String, Started> processes,
      Map<String, String> apiKeys) {

    public Content {
      processes = new TreeMap<>(processes);
      apiKeys = new TreeMap<>(apiKeys);
    }
  }

  /**
   * A process.
   *
   * @param pid its id
   * @param startedAtMillis when the system started it: ids are used again, this pair is not
   */
  public record Started(long pid, long startedAtMillis) {}

  /** A state for a new run. */
  public static RunState create(Path file, String build) {
    RunState state = new RunState(file, new Content(System.currentTimeMillis(), build, false, false, 0, 0, 0, Map.of(), Map.of()));
    state.save();
    return state;
  }

  /** The state of a run that was begun. */
  public static RunState load(Path file) {
    try {
      return new RunState(file, JSON.readValue(file.toFile(), Content.class));
    } catch (IOException unreadable) {
      throw new DemoException("the run's state " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  public synchronized Content get() {
    return content;
  }

  public synchronized void finish() {
    replace(new Content(content.startedAtMillis(), content.build(), true, content.ready(), content.nextStep(), content.shiftSeconds(),
        content.servicePort(), content.processes(), content.apiKeys()));
  }

  public synchronized void ready() {
    replace(new Content(content.startedAtMillis(), content.build(), false, true, content.nextStep(), content.shiftSeconds(),
        content.servicePort(), content.processes(), content.apiKeys()));
  }

  public synchronized void nextStep(int step) {
    replace(new Content(content.startedAtMillis(), content.build(), false, content.ready(), step, content.shiftSeconds(),
        content.servicePort(), content.processes(), content.apiKeys()));
  }

  public synchronized void shift(long seconds) {
    replace(new Content(content.startedAtMillis(), content.build(), false, content.ready(), content.nextStep(), seconds,
        content.servicePort(), content.processes(), content.apiKeys()));
  }

  public synchronized void servicePort(int port) {
    replace(new Content(content.startedAtMillis(), content.build(), false, content.ready(), content.nextStep(), content.shiftSeconds(),
        port, content.processes(), content.apiKeys()));
  }

  public synchronized void process(String name, Started started) {
    content.processes().put(name, started);
    save();
  }

  public synchronized void apiKey(String role, String secret) {
    content.apiKeys().put(role, secret);
    save();
  }

  private void replace(Content next) {
    content = next;
    save();
  }

  /** The file holds API keys: only its owner reads it. */
  private void save() {
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(fresh);
      Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(fresh, JSON.writeValueAsBytes(content), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
      move(fresh);
    } catch (IOException unwritable) {
      throw new DemoException("the run's state " + file + " cannot be written: " + unwritable.getMessage(), unwritable);
    }
  }

  private void move(Path fresh) throws IOException {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException plain) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
