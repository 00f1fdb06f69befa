package io.ringfence.demo.run;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.type.Address;
import io.ringfence.demo.scenario.Scenario;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.Processes;
import io.ringfence.demo.system.RunState;
import io.ringfence.demo.system.ServiceClient;
import io.ringfence.demo.system.Waiting;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Chain, service and keepers of one run, each a process of its own. */
public final class LocalSystem {

  private static final String NODE = "node";
  private static final String SERVICE = "service";
  private static final List<String> KEEPERS = List.of("keeper-1", "keeper-2");
  private static final Duration NODE_LIMIT = Duration.ofSeconds(120);
  private static final Duration SERVICE_LIMIT = Duration.ofSeconds(120);

  private final Installation installation;
  private final Path directory;
  private final RunState state;
  private final Processes processes;
  private int givenNodePort;

  /** @param directory of the run */
  public LocalSystem(Installation installation, Path directory, RunState state) {
    this.installation = installation;
    this.directory = directory;
    this.state = state;
    this.processes = new Processes(state, directory);
  }

  /** Comes before everything else: from now on nothing of the run outlives this process for long. */
  public void begin() {
    processes.guard(List.of("bash", installation.warden().toString(), dataDirectory().toString()));
  }

  /**
   * Starts the chain, made again from its recorded blocks if there are any, and waits until everything is on it.
   *
   * @param date when a new chain begins; the wall clock's time, and its clock from then on, if empty
   */
  public Deployment startNode(Optional<Instant> date, int intervalMillis) {
    Path venue = directory.resolve("venue.json");
    try (InputStream source = Scenario.class.getResourceAsStream("venue.json")) {
      Files.write(venue, source.readAllBytes());
    } catch (IOException failure) {
      throw new DemoException("the run's directory cannot be written: " + failure.getMessage(), failure);
    }
    List<String> arguments = new ArrayList<>(List.of(
        "--port", String.valueOf(nodePort()), "--interval", String.valueOf(intervalMillis), "--venue", venue.toString(),
        "--history", history().toString(), "--deployment", deploymentFile().toString()));
    date.ifPresent(time -> arguments.addAll(List.of("--date", time.toString())));
    try {
      Files.deleteIfExists(deploymentFile());
    } catch (IOException failure) {
      throw new DemoException("the run's directory cannot be written: " + failure.getMessage(), failure);
    }
    processes.start(NODE, installation.node(arguments), Map.of());
    new Waiting(this::requireNode).untilTrue("the local chain", NODE_LIMIT, () -> Files.exists(deploymentFile()));
    return deployment();
  }

  /** The deployment of the run's chain. */
  public Deployment deployment() {
    return Deployment.read(deploymentFile());
  }

  /** Has chain and service listen on these ports; 0 for either is the one it had before, if that is free, else any. */
  public void ports(int node, int service) {
    givenNodePort = node;
    if (service != 0) {
      if (!isFree(service)) {
        throw new DemoException("port " + service + " is taken: choose another with --port");
      }
      state.servicePort(service);
    }
  }

  private int nodePort() {
    if (givenNodePort != 0) {
      if (!isFree(givenNodePort)) {
        throw new DemoException("port " + givenNodePort + " is taken: choose another with --node-port");
      }
      return givenNodePort;
    }
    int before = Files.exists(deploymentFile()) ? deployment().rpc().getPort() : 0;
    return isFree(before) ? before : 0;
  }

  /** Starts the service, on the port it had if that is still free, and waits until it answers. */
  public ServiceClient startService(Address house, Duration epochInterval) {
    int port = isFree(state.get().servicePort()) ? state.get().servicePort() : freePort();
    state.servicePort(port);
    Map<String, String> environment = new TreeMap<>();
    environment.put("RINGFENCE_DEPLOYMENT", deploymentFile().toString());
    environment.put("RINGFENCE_VENUE", "1");
    environment.put("RINGFENCE_DATA_DIR", dataDirectory().toString());
    environment.put("RINGFENCE_KEYS_DIR", installation.keys().toString());
    environment.put("RINGFENCE_KEYS_PASSWORD_FILE", installation.passwordFile().toString());
    environment.put("RINGFENCE_ADMIN_KEY_FILE", adminKeyFile().toString());
    environment.put("RINGFENCE_HOUSE_ACCOUNT", house.hex());
    environment.put("RINGFENCE_EPOCH_INTERVAL", epochInterval.toMillis() + "ms");
    environment.put("RINGFENCE_HTTP_PORT", String.valueOf(port));
    processes.start(SERVICE, installation.service(), environment);
    ServiceClient client = service();
    new Waiting(this::requireService).untilTrue("the service", SERVICE_LIMIT,
        () -> Files.exists(adminKeyFile()) && client.answers("/q/health/ready"));
    return client;
  }

  /** The service that runs. */
  public ServiceClient service() {
    return new ServiceClient(state.get().servicePort(), this::requireService);
  }

  /** Starts the keepers that do not run. */
  public void startKeepers(String minProfit, String maxLoss) {
    for (String keeper : KEEPERS) {
      if (processes.find(keeper).isEmpty()) {
        List<String> arguments = new ArrayList<>(List.of(
            "--deployment", deploymentFile().toString(),
            "--keystore", installation.keys().resolve(keeper + ".json").toString(),
            "--password-file", installation.passwordFile().toString(),
            "--min-profit", minProfit, "--max-loss", maxLoss, "--poll-ms", "40",
            "--state", directory.resolve(keeper + ".transactions.jsonl").toString(),
            "--report", keeperReport(keeper).toString()));
        processes.start(keeper, installation.program("keeper", "io.ringfence.keeper.KeeperMain", arguments), Map.of());
      }
    }
  }

  /** Stops the keepers, which write their reports then. */
  public void stopKeepers() {
    KEEPERS.forEach(processes::stop);
  }

  /** Stops everything of this run that still runs: the keepers first, then the service, the chain, and a database without a service. */
  public void stopAll() {
    stopKeepers();
    processes.stop(SERVICE);
    processes.stop(NODE);
    processes.unguard();
  }

  public boolean nodeRuns() {
    return processes.find(NODE).isPresent();
  }

  /** Whether the chain was recorded, so that it can be made again. */
  public boolean hasHistory() {
    return Files.exists(history());
  }

  private Path history() {
    return directory.resolve("chain.jsonl");
  }

  public boolean serviceRuns() {
    return processes.find(SERVICE).isPresent();
  }

  /** Throws if the chain is gone: with it goes everything that happened on it. */
  public void requireNode() {
    processes.require(NODE, "the local chain");
  }

  /** Throws if the service or the chain under it is gone. */
  public void requireService() {
    requireNode();
    processes.require(SERVICE, "the service");
  }

  public long servicePid() {
    return state.get().processes().get(SERVICE).pid();
  }

  public List<String> keepers() {
    return KEEPERS;
  }

  public Path keeperReport(String keeper) {
    return directory.resolve(keeper + ".report.json");
  }

  public Path log(String name) {
    return processes.log(name);
  }

  /** The service's data, its database among them. */
  public Path dataDirectory() {
    return directory.resolve("data");
  }

  public Path adminKeyFile() {
    return directory.resolve("admin.key");
  }

  public Path deploymentFile() {
    return directory.resolve("deployment.json");
  }

  /** Whether the chain answers. */
  public static boolean answers(JsonRpc rpc) {
    try {
      return rpc.blockNumber() >= 0;
    } catch (RpcException away) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    if (port == 0) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new DemoException("no free port for the service: " + none.getMessage(), none);
    }
  }
}
