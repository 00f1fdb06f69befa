package io.ringfence.demo;

import io.ringfence.demo.run.Display;
import io.ringfence.demo.run.Installation;
import io.ringfence.demo.run.LocalSystem;
import io.ringfence.demo.run.Run;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/** The demonstration's command line. Exit code 0: everything was shown and agrees; 1: not; 2: wrong usage. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Replays the crash of 10 October 2025 through a local chain, the service and two keepers, then reconciles every unit.")
public final class DemoMain implements Callable<Integer> {

  private static final int INTERRUPTED = 130;
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  @Option(names = "--resume", description = "go on with the newest run that was cut short")
  private boolean resume;

  @Option(names = "--stop", description = "give up the runs that were cut short, and end what they have left running")
  private boolean stop;

  @Option(names = "--report", paramLabel = "FILE", description = "write the result as JSON")
  private Path report;

  private final AtomicBoolean interrupted = new AtomicBoolean();
  private final Display display = new Display(System.out, System.console() != null && System.console().isTerminal());

  /** Runs the command line. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new DemoMain());
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      command.getErr().println("demo: " + failure.getMessage());
      if (!(failure instanceof DemoException)) {
        failure.printStackTrace(command.getErr());
      }
      return 1;
    });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() {
    Installation installation = Installation.fromEnvironment();
    RunDirectories directories = new RunDirectories(installation.runs(), "demo-");
    if (stop) {
      directories.unfinished().forEach(directory -> stop(installation, directory));
      return 0;
    }
    Path directory = resume ? take(directories) : directories.create();
    RunState state;
    if (resume) {
      state = RunState.load(RunDirectories.state(directory));
    } else {
      RunDirectories.lock(directory);
      state = RunState.create(RunDirectories.state(directory), installation.name());
    }
    display.say((resume ? "going on with the run in " : "a run in ") + directory);
    return drive(new Run(installation, directory, state, display), state);
  }

  private static Path take(RunDirectories directories) {
    return directories.takeUnfinished().orElseThrow(() -> new DemoException(directories.unfinished().isEmpty()
        ? "there is no run to go on with; start one with ./ringfence demo"
        : "another ./ringfence demo drives the run in " + directories.unfinished().getFirst() + "; wait for it, or stop it first"));
  }

  private int drive(Run run, RunState state) {
    for (String name : SIGNALS) {
      Signal.handle(new Signal(name), signal -> interrupted(run));
    }
    try {
      boolean good = run.complete(Optional.ofNullable(report).map(Path::toAbsolutePath));
      state.finish();
      run.system().stopAll();
      return good ? 0 : 1;
    } catch (DemoException.ProcessGone gone) {
      waitIfInterrupted();
      display.say(gone.getMessage() + ": stopping the rest; ./ringfence demo --resume goes on from here");
      run.system().stopAll();
      return 1;
    } catch (RuntimeException failed) {
      waitIfInterrupted();
      run.system().stopAll();
      throw failed;
    }
  }

  private void interrupted(Run run) {
    if (interrupted.getAndSet(true)) {
      return;
    }
    display.say("interrupted: stopping everything; ./ringfence demo --resume goes on from here");
    run.system().stopAll();
    Runtime.getRuntime().halt(INTERRUPTED);
  }

  /** After a signal this process ends when everything has stopped: what the replay meets meanwhile is of no interest. */
  private void waitIfInterrupted() {
    while (interrupted.get()) {
      LockSupport.park();
    }
  }

  private void stop(Installation installation, Path directory) {
    RunDirectories.lock(directory);
    RunState state = RunState.load(RunDirectories.state(directory));
    LocalSystem system = new LocalSystem(installation, directory, state);
    system.begin();
    system.stopAll();
    state.finish();
    display.say("stopped what was left of the run in " + directory);
  }
}
