package io.ringfence.chain.testing;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.keys.LocalOnly;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.LocalNode;
import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.sign.Signer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The repository's local node, running as a process of its own with everything deployed. Closing it ends the process. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(120);

  private final Process process;
  private final Deployment deployment;
  private final Path directory;
  private final JsonRpc rpc;

  private NodeProcess(Process process, Deployment deployment, Path directory) {
    this.process = process;
    this.deployment = deployment;
    this.directory = directory;
    this.rpc = new JsonRpc(deployment.rpc());
  }

  /** On a free port, mining each transaction as it comes. */
  public static NodeProcess start() {
    return start("--interval", "0");
  }

  /** On a free port, with options of the node's. */
  public static NodeProcess start(String... options) {
    try {
      Path directory = Files.createTempDirectory("ringfence-node");
      Path file = directory.resolve("deployment.json");
      Path log = directory.resolve("node.log");
      List<String> command = new ArrayList<>(List.of(repository().resolve("scripts/npm-package").toString(), "hardhat-node",
          "node", "--import", "tsx", "src/main.ts", "--port", "0", "--deployment", file.toString()));
      command.addAll(List.of(options));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
      try {
        awaitReady(process, log);
        return new NodeProcess(process, Deployment.read(file), directory);
      } catch (RuntimeException | IOException failed) {
        process.destroyForcibly();
        throw failed;
      }
    } catch (IOException unstartable) {
      throw new UncheckedIOException("cannot start the local node", unstartable);
    }
  }

  private static void awaitReady(Process process, Path log) throws IOException {
    Instant deadline = Instant.now().plus(START);
    while (true) {
      String said = Files.readString(log);
      if (said.contains("node ready")) {
        return;
      }
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        throw new IllegalStateException("the local node did not start:\n" + said);
      }
      try {
        process.waitFor(50, TimeUnit.MILLISECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the local node started", interrupted);
      }
    }
  }

  /** The checkout this runs in. */
  public static Path repository() {
    Path candidate = Path.of("").toAbsolutePath();
    while (candidate != null && !Files.isDirectory(candidate.resolve("hardhat-node"))) {
      candidate = candidate.getParent();
    }
    if (candidate == null) {
      throw new IllegalStateException("not inside the repository: " + Path.of("").toAbsolutePath());
    }
    return candidate;
  }

  public Deployment deployment() {
    return deployment;
  }

  /** The file that {@link #deployment} was read from. */
  public Path deploymentFile() {
    return directory.resolve("deployment.json");
  }

  public JsonRpc rpc() {
    return rpc;
  }

  public LocalNode control() {
    return new LocalNode(rpc);
  }

  public Contracts contracts() {
    return new Contracts(rpc, deployment);
  }

  public Calls calls() {
    return new Calls(deployment);
  }

  /** The signer of one of keys-example's roles. */
  public static Signer role(String role) {
    Path keys = repository().resolve("keys-example");
    return KeystoreSigner.load(keys.resolve(role + ".json"), keys.resolve("password.txt"), LocalOnly.LOCAL_CHAIN);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Files.deleteIfExists(deploymentFile());
      Files.deleteIfExists(directory.resolve("node.log"));
      Files.deleteIfExists(directory);
    } catch (IOException leftBehind) {
      throw new UncheckedIOException("cannot remove " + directory, leftBehind);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
