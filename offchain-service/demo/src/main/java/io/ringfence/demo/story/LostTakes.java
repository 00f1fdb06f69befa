package io.ringfence.demo.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.demo.run.LocalSystem;
import io.ringfence.demo.system.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the keepers say of themselves, and which of the takes they call lost the chain confirms as reverted.
 *
 * @param count takes in blocks whose transaction reverted
 * @param sentence for a reader
 */
public record LostTakes(int count, String sentence) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the chain's takes, the keepers' reports and logs, and the receipts of what they lost. */
  public static LostTakes read(JsonRpc rpc, Story story, LocalSystem system) {
    int count = 0;
    List<String> sentences = new ArrayList<>();
    for (String keeper : system.keepers()) {
      int confirmed = (int) lost(system.log(keeper)).stream()
          .filter(hash -> rpc.receipt(hash).filter(receipt -> !receipt.success()).isPresent())
          .count();
      count += confirmed;
      try {
        JsonNode report = JSON.readTree(system.keeperReport(keeper).toFile());
        Address address = new Address(report.required("keeper").asText());
        sentences.add("%s made %d takes, lost %d races on the chain, profit since its last start %s units".formatted(
            keeper, story.count(ChainEvent.LotTaken.class, take -> take.taker().equals(address)), confirmed,
            report.required("profit").asText()));
      } catch (IOException missing) {
        throw new DemoException(keeper + " left no report: " + missing.getMessage(), missing);
      }
    }
    return new LostTakes(count, String.join("; ", sentences));
  }

  private static List<Bytes32> lost(Path log) {
    List<Bytes32> hashes = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(log)) {
        if (line.startsWith("{\"event\":\"lost\"")) {
          String hash = JSON.readTree(line).path("tx").asText();
          if (!hash.isEmpty()) {
            hashes.add(new Bytes32(hash));
          }
        }
      }
    } catch (IOException unreadable) {
      throw new DemoException("the log " + log + " cannot be read: " + unreadable.getMessage(), unreadable);
    }
    return hashes;
  }
}
