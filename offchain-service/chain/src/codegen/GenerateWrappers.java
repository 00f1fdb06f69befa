import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.web3j.codegen.SolidityFunctionWrapperGenerator;

/**
 * Build step: writes one Java wrapper per contract from the compiled ABI of its interfaces, and the ABI itself as a resource for decoding
 * errors. The vault runs its parts at its own address, so their interfaces are one contract, and one wrapper.
 *
 * <p>Arguments: folder of compiled artifacts, folder of standard ABIs, folder for sources, folder for resources.
 */
public final class GenerateWrappers {
  private static final String PACKAGE = "io.ringfence.chain.generated";
  private static final List<String> VAULT = List.of("ICollateralVault", "IVaultReads", "IOwnerDesk", "IVenueRegistry", "IVenueStates",
      "IAttestationLog", "ICollateralValuer", "IDefaultManager", "ICloseOut", "ILiquidationAuction", "ISettlementPool", "IExitDesk", "IReleases",
      "IFailedVenue", "IDisputeDesk");
  private static final Map<String, List<String>> CONTRACTS = new TreeMap<>(
      Map.of("Vault", VAULT, "DefaultFund", List.of("IDefaultFund"), "MemberSeries", List.of("IMemberSeries")));

  public static void main(String[] arguments) throws IOException {
    Path artifacts = Path.of(arguments[0]);
    Path standards = Path.of(arguments[1]);
    Path sources = Path.of(arguments[2]);
    Path abis = Path.of(arguments[3]).resolve("io/ringfence/chain/abi");
    Files.createDirectories(abis);
    ObjectMapper json = new ObjectMapper();
    StringBuilder names = new StringBuilder();
    for (Map.Entry<String, List<String>> contract : CONTRACTS.entrySet()) {
      wrapper(json, contract.getKey(), union(json, artifacts, contract.getValue()), abis, sources);
      names.append(contract.getKey()).append('\n');
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

  /** What the interfaces declare together. Several may declare the same; what they declare differently under one name is a mistake. */
  private static ArrayNode union(ObjectMapper json, Path artifacts, List<String> interfaces) throws IOException {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    for (String name : interfaces) {
      Path artifact = artifacts.resolve("src/interfaces").resolve(name + ".sol").resolve(name + ".json");
      if (!Files.exists(artifact)) {
        throw new IOException(artifact + " is missing: build the contracts first (npm ci && npx hardhat build in contracts/)");
      }
      for (JsonNode entry : json.readTree(artifact.toFile()).get("abi")) {
        String key = entry.path("type").asText() + " " + entry.path("name").asText();
        // Functions may be overloaded; a wrapper knows events and errors by their name alone.
        JsonNode before = entries.putIfAbsent(key.startsWith("function") ? key + types(entry) : key, entry);
        if (before != null && !before.equals(entry)) {
          throw new IOException(name + " declares " + entry.path("name").asText() + " otherwise than an interface before it");
        }
      }
    }
    return json.createArrayNode().addAll(entries.values());
  }

  private static String types(JsonNode function) {
    return function.path("inputs").findValuesAsText("internalType").toString();
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
