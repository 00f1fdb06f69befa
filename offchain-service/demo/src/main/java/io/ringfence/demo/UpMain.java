package io.ringfence.demo;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;
import io.ringfence.demo.run.Installation;
import io.ringfence.demo.run.LocalSystem;
import io.ringfence.demo.run.TestKeys;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import io.ringfence.demo.system.ServiceClient;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import sun.misc.Signal;

/**
 * Starts a local chain and the service with its database, and keeps them up until it is told to stop. The next start goes on with the
 * same chain and the same ledger.
 */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Starts a local chain, Postgres and the service, prints where they are, and stays until it is interrupted.")
public final class UpMain implements Callable<Integer> {

  private static final int BLOCK_MILLIS = 1000;
  private static final Duration EPOCH_INTERVAL = Duration.ofSeconds(5);
  private static final long LOOK_SECONDS = 2;

  @Option(names = "--port", paramLabel = "PORT", description = "where the service listens; any free port by default")
  private int port;

  @Option(names = "--node-port", paramLabel = "PORT", description = "where the chain listens; any free port by default")
  private int nodePort;

  @Option(names = "--fresh", description = "begin a new chain and a new ledger")
  private boolean fresh;

  @Option(names = "--run", paramLabel = "DIR", description = "go on with this run, for example one of ./ringfence demo")
  private Path run;

  private final CountDownLatch stop = new CountDownLatch(1);

  /** Runs the command line. */
  public static void main(String[] arguments) {
    CommandLine line = new CommandLine(new UpMain());
    line.setExecutionExceptionHandler((failure, command, parsed) -> {
      command.getErr().println("up: " + failure.getMessage());
      if (!(failure instanceof DemoException)) {
        failure.printStackTrace(command.getErr());
      }
      return 1;
    });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    Installation installation = Installation.fromEnvironment();
    Path directory = directory(installation);
    boolean again = Files.exists(RunDirectories.state(directory));
    RunState state = again
        ? RunState.load(RunDirectories.state(directory))
        : RunState.create(RunDirectories.state(directory), installation.name());
    LocalSystem system = new LocalSystem(installation, directory, state);
    stopOnSignals(Thread.currentThread());
    try {
      system.begin();
      system.ports(nodePort, port);
      System.out.println((again ? "going on with the chain and the ledger in " : "starting a local chain and the service in ") + directory);
      Deployment deployment = system.nodeRuns() ? system.deployment() : system.startNode(Optional.empty(), BLOCK_MILLIS);
      Address house = new Contracts(new JsonRpc(deployment.rpc()), deployment).vault()
          .predict(new TestKeys().signer(TestKeys.VENUE).address(), BigInteger.ZERO);
      ServiceClient service = system.serviceRuns() ? system.service() : system.startService(house, EPOCH_INTERVAL);
      announce(system, directory, deployment, service, house);
      while (!stop.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        system.requireService();
      }
      return 0;
    } catch (InterruptedException | DemoException failed) {
      if (stop.getCount() == 0) {
        return 0;
      }
      if (failed instanceof DemoException.ProcessGone) {
        throw new DemoException(failed.getMessage() + "; its log is in " + directory + ", and ./ringfence up goes on from here", failed);
      }
      throw failed;
    } finally {
      // A wait that a signal ended must not end the waits of the stopping.
      Thread.interrupted();
      system.stopAll();
    }
  }

  /** The directory of the run to go on with, held by this process. */
  private Path directory(Installation installation) {
    if (run != null) {
      if (!Files.exists(RunDirectories.state(run))) {
        throw new DemoException(run + " is not the directory of a run: those of ./ringfence demo and up are in " + installation.runs());
      }
      RunDirectories.lock(run);
      return run.toAbsolutePath().normalize();
    }
    RunDirectories directories = new RunDirectories(installation.runs(), "up-");
    Optional<Path> last = fresh ? Optional.empty() : directories.takeUnfinished();
    if (last.isPresent()) {
      if (RunState.load(RunDirectories.state(last.get())).get().build().equals(installation.name())) {
        return last.get();
      }
      System.out.println("the sources have changed: not going on with " + last.get() + " (./ringfence up --run " + last.get() + " does)");
    }
    Path directory = directories.create();
    RunDirectories.lock(directory);
    return directory;
  }

  private static void announce(
      LocalSystem system, Path directory, Deployment deployment, ServiceClient service, Address house) {
    System.out.println("live status page    " + service.base() + "/");
    System.out.println("API documentation   " + service.base() + "/docs");
    System.out.println("chain (JSON-RPC)    " + deployment.rpc() + ", chain id " + deployment.chainId());
    System.out.println("addresses           " + system.deploymentFile());
    System.out.println("administrator's key " + system.adminKeyFile());
    System.out.println("venue 1's own account is " + house + ": open and pledge it before anybody can default");
    System.out.println("compare ledger and chain with ./ringfence reconcile --run " + directory);
    System.out.println("service is process " + system.servicePid() + "; Ctrl-C stops everything, the next up goes on from there");
  }

  /** A signal ends whatever {@code main} is waiting for; it then stops everything and returns. */
  private void stopOnSignals(Thread main) {
    for (String name : List.of("INT", "TERM", "HUP")) {
      Signal.handle(new Signal(name), signal -> {
        if (stop.getCount() > 0) {
          System.out.println("stopping everything; ./ringfence up goes on from here");
          stop.countDown();
          main.interrupt();
        }
      });
    }
  }
}
