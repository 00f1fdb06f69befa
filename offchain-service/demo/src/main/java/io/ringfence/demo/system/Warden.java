package io.ringfence.demo.system;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A process that ends the others when this one is gone: it reads from a pipe that breaks with this process, whatever killed it. */
final class Warden {

  static final String NAME = "warden";

  private final Process process;
  private final OutputStream pipe;

  private Warden(Process process) {
    this.process = process;
    this.pipe = process.getOutputStream();
  }

  static Warden start(List<String> command, Path log) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return new Warden(builder.start());
    } catch (IOException failure) {
      throw new DemoException("the warden cannot be started: " + failure.getMessage(), failure);
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Has it end that process as well, when the time comes. */
  synchronized void watch(long pid) {
    try {
      pipe.write((pid + "\n").getBytes(StandardCharsets.US_ASCII));
      pipe.flush();
    } catch (IOException gone) {
      throw new DemoException("the warden (process " + process.pid() + ") is gone", gone);
    }
  }

  /** Tells it that the time has come, and waits until it is done. */
  synchronized void dismiss() {
    try {
      pipe.close();
      process.waitFor();
    } catch (IOException gone) {
      process.destroy();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
