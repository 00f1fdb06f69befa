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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts a local chain and the service with its database, and keeps them up until it is told to stop. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts a local chain, Postgres and the service, prints where they are, and stays until it is interrupted.")
public final class UpMain implements Callable<Integer> {

  private static final int BLOCK_MILLIS = 1000;
  private static final Duration EPOCH_INTERVAL = Duration.ofSeconds(5);
  private static final long LOOK_SECONDS = 2;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);

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
    Path directory = new RunDirectories(installation.runs(), "up-").create();
    RunState state = RunState.create(RunDirectories.state(directory));
    LocalSystem system = new LocalSystem(installation, directory, state);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    try {
      System.out.println("starting a local chain and the service in " + directory + " ...");
      Deployment deployment = system.startNode(Instant.now(), BLOCK_MILLIS);
      Address house = new Contracts(new JsonRpc(deployment.rpc()), deployment).vault()
          .predict(new TestKeys().signer(TestKeys.VENUE).address(), BigInteger.ZERO);
      ServiceClient service = system.startService(house, EPOCH_INTERVAL);
      announce(system, deployment, service, house);
      while (!stop.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
        system.requireService();
      }
      return 0;
    } finally {
      state.finish();
      system.stopAll();
      stopped.countDown();
    }
  }

  private static void announce(LocalSystem system, Deployment deployment, ServiceClient service, Address house) {
    System.out.println("live status page    " + service.base() + "/");
    System.out.println("API documentation   " + service.base() + "/docs");
    System.out.println("chain (JSON-RPC)    " + deployment.rpc() + ", chain id " + deployment.chainId());
    System.out.println("addresses           " + system.deploymentFile());
    System.out.println("administrator's key " + system.adminKeyFile());
    System.out.println("venue 1's own account is " + house + ": open and pledge it before anybody can default");
    System.out.println("service is process " + system.servicePid() + "; Ctrl-C stops everything");
  }

  private void stopAndWait() {
    stop.countDown();
    try {
      stopped.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
