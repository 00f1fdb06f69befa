package io.ringfence.service.store;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;

/** Sessions over the domain's entities for code that may wait; never on an event loop. Safe for use by many threads. */
@ApplicationScoped
public class Entities {
  private final Mutiny.SessionFactory sessions;

  /** On the application's session factory. */
  public Entities(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** Does {@code work} in one session and transaction. */
  public <T> T inTransaction(Function<Mutiny.Session, Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(() -> sessions.withTransaction(work::apply));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
