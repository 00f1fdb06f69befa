package io.ringfence.service.engine;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.service.config.RingfenceConfig;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Runs the engine's rounds, one after the other with the configured pause, on a thread of its own. */
@Singleton
final class EngineLoop {

  private static final Logger LOG = Logger.getLogger(EngineLoop.class);
  private static final long STOP_SECONDS = 10;

  private final RingfenceConfig config;
  private final Instance<Engine> engine;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("engine").daemon().factory());

  EngineLoop(RingfenceConfig config, Instance<Engine> engine) {
    this.config = config;
    this.engine = engine;
  }

  void start(@Observes StartupEvent started) {
    if (!config.engine() || config.keysDir().isEmpty()) {
      LOG.info(config.engine() ? "no keys are configured: roots, calls and defaults are left to others" : "the engine is switched off");
      return;
    }
    Engine rounds = engine.get();
    thread.scheduleWithFixedDelay(rounds::round, 0, config.epochInterval().toMillis(), TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    thread.shutdownNow();
    if (!thread.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("the engine's round did not end in time; whatever it left open is finished at the next start");
    }
  }
}
