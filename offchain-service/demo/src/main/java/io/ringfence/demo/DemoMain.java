package io.ringfence.demo;

import io.ringfence.demo.run.Display;
import io.ringfence.demo.run.Installation;
import io.ringfence.demo.run.Run;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
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

  @Option(names = "--resume", description = "go on with the newest run that was cut short")
  private boolean resume;

  @Option(names = "--stop", description = "end what runs that were cut short have left running")
  private boolean stop;

  @Option(names = "--report", paramLabel = "FILE", description = "write the result as JSON")
  private Path report;

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
    Path directory = resume
        ? directories.newestUnfinished()
            .orElseThrow(() -> new DemoException("there is no run to go on with; start one with ./ringfence demo"))
        : directories.create();
    RunDirectories.lock(directory);
    RunState state = resume ? RunState.load(RunDirectories.state(directory)) : RunState.create(RunDirectories.state(directory));
    display.say((resume ? "going on with the run in " : "a run in ") + directory);
    return drive(new Run(installation, directory, state, display), state);
  }

  private int drive(Run run, RunState state) {
    Signal.handle(new Signal("INT"), signal -> {
      display.say("interrupted: stopping everything");
      end(run, state);
      Runtime.getRuntime().halt(INTERRUPTED);
    });
    try {
      boolean good = run.complete(Optional.ofNullable(report).map(Path::toAbsolutePath));
      end(run, state);
      return good ? 0 : 1;
    } catch (DemoException.ProcessGone gone) {
      display.say(gone.getMessage() + "; chain and database are left as they are: ./ringfence demo --resume goes on, --stop ends them");
      return 1;
    } catch (RuntimeException failed) {
      end(run, state);
      throw failed;
    }
  }

  private static void end(Run run, RunState state) {
    state.finish();
    run.system().stopAll();
  }

  private void stop(Installation installation, Path directory) {
    RunDirectories.lock(directory);
    RunState state = RunState.load(RunDirectories.state(directory));
    end(new Run(installation, directory, state, display), state);
    display.say("stopped what was left of the run in " + directory);
  }
}
