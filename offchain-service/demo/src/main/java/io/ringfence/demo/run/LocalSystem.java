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

  /** @param directory of the run */
  public LocalSystem(Installation installation, Path directory, RunState state) {
    this.installation = installation;
    this.directory = directory;
    this.state = state;
    this.processes = new Processes(state, directory);
  }

  /** Starts the chain and waits until everything is deployed on it. */
  public Deployment startNode(Instant date, int intervalMillis) {
    Path venue = directory.resolve("venue.json");
    try (InputStream source = Scenario.class.getResourceAsStream("venue.json")) {
      Files.write(venue, source.readAllBytes());
    } catch (IOException failure) {
      throw new DemoException("the run's directory cannot be written: " + failure.getMessage(), failure);
    }
    processes.start(NODE, installation.node(List.of(
        "--port", "0", "--interval", String.valueOf(intervalMillis), "--date", date.toString(), "--venue", venue.toString(),
        "--deployment", deploymentFile().toString())), Map.of());
    new Waiting(this::requireNode).untilTrue("the local chain", NODE_LIMIT, () -> Files.exists(deploymentFile()));
    return deployment();
  }

  /** The deployment of the run's chain. */
  public Deployment deployment() {
    return Deployment.read(deploymentFile());
  }

  /** Starts the service, on its old port if it had one, and waits until it answers. */
  public ServiceClient startService(Address house, Duration epochInterval) {
    int port = state.get().servicePort() == 0 ? freePort() : state.get().servicePort();
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

  /** Stops everything of this run that still runs: the keepers first, the chain last. */
  public void stopAll() {
    stopKeepers();
    processes.stop(SERVICE);
    processes.stop(NODE);
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

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new DemoException("no free port for the service: " + none.getMessage(), none);
    }
  }
}
