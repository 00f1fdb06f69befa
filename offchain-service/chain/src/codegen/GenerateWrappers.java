import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.web3j.codegen.SolidityFunctionWrapperGenerator;

/**
 * Build step: writes one Java wrapper per contract interface from its compiled ABI, and the ABI itself as a resource for decoding errors.
 *
 * <p>Arguments: folder of compiled artifacts, folder of standard ABIs, folder for sources, folder for resources.
 */
public final class GenerateWrappers {
  private static final String PACKAGE = "io.ringfence.chain.generated";
  private static final List<String> INTERFACES = List.of("IAttestationLog", "ICollateralValuer", "ICollateralVault", "IDefaultFund",
      "IDefaultManager", "ILiquidationAuction", "ISettlement", "IVenueRegistry");

  public static void main(String[] arguments) throws IOException {
    Path artifacts = Path.of(arguments[0]);
    Path standards = Path.of(arguments[1]);
    Path sources = Path.of(arguments[2]);
    Path abis = Path.of(arguments[3]).resolve("io/ringfence/chain/abi");
    Files.createDirectories(abis);
    ObjectMapper json = new ObjectMapper();
    StringBuilder names = new StringBuilder();
    for (String name : INTERFACES) {
      Path artifact = artifacts.resolve("src/interfaces").resolve(name + ".sol").resolve(name + ".json");
      if (!Files.exists(artifact)) {
        throw new IOException(artifact + " is missing: build the contracts first (npm ci && npx hardhat build in contracts/)");
      }
      wrapper(json, name, json.readTree(artifact.toFile()).get("abi"), abis, sources);
      names.append(name).append('\n');
    }
    try (Stream<Path> files = Files.list(standards).sorted()) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".json", "");
        wrapper(json, name, json.readTree(file.toFile()), abis, sources);
        names.append(name).append('\n');
      }
    }
    Files.writeString(abis.resolve("errors.json"), json.writeValueAsString(errors(json, artifacts)));
    names.append("errors\n");
    Files.writeString(abis.resolve("index.txt"), names);
  }

  /** Errors of every contract and library, so that a refusal from inside an implementation has a name too. */
  private static ArrayNode errors(ObjectMapper json, Path artifacts) throws IOException {
    Map<String, JsonNode> errors = new TreeMap<>();
    try (Stream<Path> files = Files.walk(artifacts.resolve("src"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        for (JsonNode entry : json.readTree(file.toFile()).path("abi")) {
          if (entry.path("type").asText().equals("error")) {
            errors.put(entry.toString(), entry);
          }
        }
      }
    }
    return json.createArrayNode().addAll(errors.values());
  }

  private static void wrapper(ObjectMapper json, String name, JsonNode abi, Path abis, Path sources) throws IOException {
    Path file = abis.resolve(name + ".json");
    Files.writeString(file, json.writeValueAsString(abi));
    SolidityFunctionWrapperGenerator.main(
        new String[] {"-a", file.toString(), "-o", sources.toString(), "-p", PACKAGE, "-c", name});
  }
}
