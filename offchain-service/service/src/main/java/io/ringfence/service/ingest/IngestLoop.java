package io.ringfence.service.ingest;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.ringfence.service.config.RingfenceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Steps along the chain for as long as the service runs. What fails is logged once, shown by the readiness check, and tried again. */
@Readiness
@ApplicationScoped
public class IngestLoop implements HealthCheck {
  private static final Logger LOG = Logger.getLogger(IngestLoop.class);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

  private final ChainIngest ingest;
  private final RingfenceConfig config;
  private Thread thread;
  private volatile boolean stopping;
  private volatile String failure;

  /** Stepping with {@code ingest}. */
  public IngestLoop(ChainIngest ingest, RingfenceConfig config) {
    this.ingest = ingest;
    this.config = config;
  }

  void start(@Observes StartupEvent event) {
    if (config.follow()) {
      thread = Thread.ofPlatform().name("ingest").daemon().start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
      thread.join(Duration.ofSeconds(5));
    }
  }

  /** What went wrong last, if nothing has gone right since. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("ingest").status(failure == null);
    return (failure == null ? response : response.withData("failure", failure)).build();
  }

  private void run() {
    while (!stopping) {
      try {
        pause(once());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Duration once() {
    try {
      boolean moved = ingest.step();
      if (failure != null) {
        LOG.info("following the chain again");
        failure = null;
      }
      return moved ? Duration.ZERO : config.pollInterval();
    } catch (RuntimeException e) {
      if (!stopping && !String.valueOf(e.getMessage()).equals(failure)) {
        LOG.errorf(e, "cannot follow the chain: %s", e.getMessage());
      }
      failure = String.valueOf(e.getMessage());
      return PAUSE_AFTER_FAILURE;
    }
  }

  private static void pause(Duration time) throws InterruptedException {
    if (!time.isZero()) {
      Thread.sleep(time);
    }
  }
}
