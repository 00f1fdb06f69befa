package io.ringfence.chain.testing;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.tx.FileIntentStore;
import io.ringfence.chain.tx.Outcome;
import io.ringfence.chain.tx.TransactionManager;
import io.ringfence.chain.tx.TransactionSettings;
import io.ringfence.chain.type.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sends single transactions in tests. */
public final class Sending {
  private Sending() {}

  /** Sends a call and returns its receipt; fails if it reverts. */
  public static Receipt send(NodeProcess node, Signer from, Call call) {
    try {
      Path file = Files.createTempFile("intents", ".jsonl");
      try (FileIntentStore store = new FileIntentStore(file)) {
        TransactionManager manager =
            new TransactionManager(node.rpc(), node.deployment().chainId(), from, store, TransactionSettings.LOCAL);
        Outcome outcome = manager.send("one", call);
        if (!outcome.success()) {
          throw new AssertionError("the call ended as " + outcome);
        }
        return outcome.receipt().orElseThrow();
      } finally {
        Files.delete(file);
      }
    } catch (IOException noFile) {
      throw new UncheckedIOException(noFile);
    }
  }

  /** Mints test tokens, {@code amount} in smallest units. */
  public static Receipt mint(NodeProcess node, Address token, Address to, long amount) {
    return send(node, NodeProcess.role("deployer"), node.calls().mint(token, to, BigInteger.valueOf(amount)));
  }
}
