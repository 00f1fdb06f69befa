package io.ringfence.service.transaction;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.tx.Intent;
import io.ringfence.chain.tx.Outcome;
import io.ringfence.chain.tx.TransactionManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Sends the engine's transactions from the operator's address, several at once where they do not depend on each other. */
public final class Sender {

  private static final Logger LOG = Logger.getLogger(Sender.class);

  private final TransactionManager manager;
  private final Duration patience;

  /** A sender over the operator's manager, which waits for each transaction as long as {@code patience}. */
  public Sender(TransactionManager manager, Duration patience) {
    this.manager = manager;
    this.patience = patience;
  }

  /**
   * Sends one call and waits until it has ended.
   *
   * @throws CallRefusedException if the contract would refuse it now; nothing is kept
   */
  public Outcome send(String id, Call call) {
    submit(id, call);
    return manager.await(id, patience);
  }

  /**
   * Sends calls that do not depend on each other, then waits for all. A call that its contract refuses is left out and said in the log:
   * what it was for is looked at again in the next round.
   *
   * @param calls by intent id
   * @return the outcome of each call that was sent
   */
  public Map<String, Outcome> sendAll(Map<String, Call> calls) {
    return sendAll(calls, 0);
  }

  /** Like {@link #sendAll(Map)}, each with a gas limit of at least {@code leastGas}. */
  public Map<String, Outcome> sendAll(Map<String, Call> calls, long leastGas) {
    List<String> sent = new ArrayList<>();
    calls.forEach((id, call) -> submitIfTaken(id, call, leastGas).ifPresent(sent::add));
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (String id : sent) {
      Outcome outcome = manager.await(id, patience);
      outcome.revert().ifPresent(revert -> LOG.infof("%s was refused on the chain: %s", id, revert));
      outcomes.put(id, outcome);
    }
    return outcomes;
  }

  /** Finishes whatever a former run left open. */
  public void resume() {
    manager.resume();
  }

  /** Keeps and broadcasts one call, without waiting; throws like {@link #send}. */
  public void submit(String id, Call call) {
    manager.submit(Intent.of(id, call));
  }

  private Optional<String> submitIfTaken(String id, Call call, long leastGas) {
    try {
      manager.submit(Intent.of(id, call), leastGas);
      return Optional.of(id);
    } catch (CallRefusedException e) {
      LOG.infof("%s not sent: %s", id, e.revert());
      return Optional.empty();
    }
  }
}
