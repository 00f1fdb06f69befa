package io.ringfence.service.engine;

import io.ringfence.service.defaulting.DefaultRound;
import io.ringfence.service.epoch.EpochRound;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Quorum;
import io.ringfence.service.epoch.StaleLeaves;
import io.ringfence.service.expiry.ExpirySettler;
import io.ringfence.service.settlement.Settler;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Entities;
import io.ringfence.service.transaction.Sender;
import io.ringfence.service.venue.Alarms;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import jakarta.inject.Singleton;
import java.time.Instant;

/**
 * One round of everything: finish what was left open, settle what has expired, post a root, act on it, settle. A stage that fails leaves
 * the others alone.
 */
@Singleton
public class Engine {

  private final Entities entities;
  private final Venue venue;
  private final EpochStore epochs;
  private final EpochRound epochRound;
  private final DefaultRound defaultRound;
  private final Settler settler;
  private final Sender sender;
  private final ExpirySettler expiries;
  private final ChainAccess chain;
  private final Alarms alarms;

  Engine(
      Database database,
      Entities entities,
      ChainAccess chain,
      Venue venue,
      EpochStore epochs,
      EpochRound epochRound,
      Quorum quorum,
      Sender sender,
      ExpirySettler expiries,
      StaleLeaves staleLeaves,
      Alarms alarms) {
    this.entities = entities;
    this.venue = venue;
    this.epochs = epochs;
    this.epochRound = epochRound;
    this.sender = sender;
    this.expiries = expiries;
    this.chain = chain;
    this.alarms = alarms;
    this.defaultRound = new DefaultRound(database, entities, chain, venue, quorum, sender, staleLeaves, alarms);
    this.settler = new Settler(database, chain, venue, epochs, sender);
  }

  /** Runs one round; for one thread at a time. */
  public synchronized void round() {
    if (!VenueFacts.registered(entities, venue.id())) {
      return;
    }
    guarded("transactions", sender::resume);
    guarded("expiries", () -> expiries.settle(Instant.ofEpochSecond(chain.head().timestamp())));
    guarded("roots", epochRound::post);
    guarded("margin calls and defaults", () -> epochs.newestRoot().ifPresent(defaultRound::run));
    guarded("settlement", settler::settle);
  }

  private void guarded(String stage, Runnable work) {
    try {
      work.run();
      alarms.clear(stage);
    } catch (RuntimeException e) {
      alarms.raise(stage, e);
    }
  }
}
