package io.ringfence.demo.run;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.Receipt;
import io.ringfence.chain.tx.FileIntentStore;
import io.ringfence.chain.tx.Intent;
import io.ringfence.chain.tx.Outcome;
import io.ringfence.chain.tx.TransactionManager;
import io.ringfence.chain.tx.TransactionSettings;
import io.ringfence.demo.system.DemoException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sends the driver's transactions, each once: an id that was sent before a restart is only waited for. */
public final class Senders implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final JsonRpc rpc;
  private final long chainId;
  private final TestKeys keys;
  private final FileIntentStore store;
  private final Map<Integer, TransactionManager> managers = new ConcurrentHashMap<>();

  /** @param file where transactions survive a restart of the driver */
  public Senders(JsonRpc rpc, long chainId, TestKeys keys, Path file) {
    this.rpc = rpc;
    this.chainId = chainId;
    this.keys = keys;
    this.store = new FileIntentStore(file);
  }

  /** Something to send: {@code id} is unique in a run. */
  public record Act(int key, String id, Call call) {}

  /** Sends one and waits until it is mined. */
  public Receipt send(int key, String id, Call call) {
    return sendAll(List.of(new Act(key, id, call))).getFirst();
  }

  /** Sends several that do not need each other and waits until all are mined. */
  public List<Receipt> sendAll(List<Act> acts) {
    for (Act act : acts) {
      manager(act.key()).submit(Intent.of(act.id(), act.call()));
    }
    List<Receipt> receipts = new ArrayList<>();
    for (Act act : acts) {
      Outcome outcome = manager(act.key()).await(act.id(), PATIENCE);
      if (!outcome.success()) {
        String reason = outcome.revert().map(Object::toString).orElse(outcome.state().name());
        throw new DemoException("the chain refused " + act.id() + ": " + reason);
      }
      outcome.receipt().ifPresent(receipts::add);
    }
    return receipts;
  }

  /** Whether an act with this id was begun before. */
  public boolean knows(String id) {
    return store.find(id).isPresent();
  }

  private TransactionManager manager(int key) {
    return managers.computeIfAbsent(key, number -> {
      TransactionManager manager = new TransactionManager(rpc, chainId, keys.signer(number), store, TransactionSettings.LOCAL);
      manager.resume();
      return manager;
    });
  }

  @Override
  public void close() {
    store.close();
  }
}
