package io.ringfence.service.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A local Hardhat node of the tests' own with everything deployed, which mines a block for each transaction as it comes. */
public final class NodeResource implements QuarkusTestResourceLifecycleManager {
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private Process node;
  private Path directory;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("ringfence-node-test");
      Path deployment = directory.resolve("deployment.json");
      Path log = directory.resolve("node.log");
      node = new ProcessBuilder("node", "--import", "tsx", "src/main.ts", "--port", "0", "--interval", "0", "--deployment",
          deployment.toString())
          .directory(packageDirectory().toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
      Runtime.getRuntime().addShutdownHook(new Thread(node::destroyForcibly));
      Awaitility.await("the node's first line (" + log + ")")
          .atMost(LIMIT).until(() -> !node.isAlive() || Files.readString(log).contains("node ready"));
      if (!node.isAlive()) {
        throw new IllegalStateException("the node did not start; it needs Node >= 22.13 on the PATH: " + Files.readString(log));
      }
      return Map.of("ringfence.deployment", deployment.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the node; it needs Node >= 22.13 on the PATH", e);
    }
  }

  @Override
  public void stop() {
    try {
      node.destroy();
      if (!node.waitFor(10, TimeUnit.SECONDS)) {
        node.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path packageDirectory() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.exists(here.resolve("hardhat-node/package.json"))) {
      here = here.getParent();
    }
    if (here == null) {
      throw new IllegalStateException("no hardhat-node above " + Path.of("").toAbsolutePath());
    }
    return here.resolve("hardhat-node");
  }
}
