package io.ringfence.demo.run;

import io.ringfence.demo.system.DemoException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the checkout and its built programs are.
 *
 * @param home the checkout
 * @param build the directory with the programs that the launcher built
 */
public record Installation(Path home, Path build) {

  private static final List<String> JAVA_OPTIONS = List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  /** As the launcher says in the environment. */
  public static Installation fromEnvironment() {
    String home = System.getenv("RINGFENCE_HOME");
    String build = System.getenv("RINGFENCE_BUILD");
    if (home == null || build == null) {
      throw new DemoException("start the demonstration by ./ringfence demo: it says where the built programs are");
    }
    return new Installation(Path.of(home), Path.of(build));
  }

  /** The build's name: another one for other sources. */
  public String name() {
    return build.getFileName().toString();
  }

  /** The command of the local chain. */
  List<String> node(List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(
        "node", "--import", home.resolve("hardhat-node/node_modules/tsx/dist/esm/index.mjs").toString(),
        home.resolve("hardhat-node/src/main.ts").toString()));
    command.addAll(arguments);
    return command;
  }

  /** The command of the service. */
  List<String> service() {
    Path jar = build.resolve("service/quarkus-run.jar");
    if (!Files.exists(jar)) {
      throw new DemoException("the service is not built: " + jar + " is missing");
    }
    List<String> command = java();
    command.addAll(List.of("-Xmx768m", "--add-modules=jdk.incubator.vector", "-jar", jar.toString()));
    return command;
  }

  /** The command of another program. */
  List<String> program(String name, String main, List<String> arguments) {
    List<String> command = java();
    String classPath = build.resolve(name + "/" + name + ".jar") + ":" + build.resolve(name + "/lib") + "/*";
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", classPath, main));
    command.addAll(arguments);
    return command;
  }

  Path warden() {
    return home.resolve("scripts/warden");
  }

  Path keys() {
    return home.resolve("keys-example");
  }

  Path passwordFile() {
    return keys().resolve("password.txt");
  }

  Path walletArtifact() {
    return home.resolve("contracts/artifacts/mocks/TestContractWallet.sol/TestContractWallet.json");
  }

  /** Where runs are kept. */
  public Path runs() {
    return home.resolve(".ringfence");
  }

  private static List<String> java() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JAVA_OPTIONS);
    return command;
  }
}
