package io.ringfence.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The tree of OpenZeppelin's merkle-tree package, in Node: leaves of the same fields, hashed twice, without sums. */
final class OpenZeppelinTree {

  private OpenZeppelinTree() {}

  /** Milliseconds of processor time for the best of three builds. */
  static double milliseconds(Path checkout, int leaves) throws IOException {
    List<String> command = List.of(checkout.resolve("scripts/npm-package").toString(), "offchain-service/bench/peers",
        "node", "merkle-tree.mjs", Integer.toString(leaves));
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("OpenZeppelin's tree was not measured: " + String.join(" ", command) + " failed, see above");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while OpenZeppelin's tree was measured", e);
    }
    return new ObjectMapper().readTree(output).get("milliseconds").doubleValue();
  }
}
