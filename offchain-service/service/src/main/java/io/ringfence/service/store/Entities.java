package io.ringfence.service.store;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Sessions over the domain's entities for code that may wait; never on an event loop. The work itself runs on one, so it must not wait.
 * Limits and lost connections as in {@link Database}. Safe for use by many threads.
 */
@ApplicationScoped
public class Entities {
  private final Mutiny.SessionFactory sessions;

  /** On the application's session factory. */
  public Entities(Mutiny.SessionFactory sessions) {
    this.sessions = sessions;
  }

  /** Does {@code work} in one session and transaction: committed when its answer is there, rolled back when it fails. */
  public <T> T inTransaction(Function<Mutiny.Session, Uni<T>> work) {
    try {
      return VertxContextSupport.subscribeAndAwait(
          () -> sessions.withTransaction(work::apply).ifNoItem().after(Database.LIMIT).fail());
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The entity of that id, if there is one. */
  public <T> Optional<T> find(Class<T> type, Object id) {
    return Optional.ofNullable(inTransaction(session -> session.find(type, id)));
  }

  /** What an HQL query selects; each name in {@code parameters} stands in it with a colon before it. */
  public <T> List<T> list(Class<T> type, String query, Map<String, ?> parameters) {
    return inTransaction(session -> list(session, type, query, parameters));
  }

  /** As {@link #list(Class, String, Map)}, the first {@code limit} of them. */
  public <T> List<T> list(Class<T> type, String query, Map<String, ?> parameters, int limit) {
    return inTransaction(session -> bound(session, type, query, parameters).setMaxResults(limit).getResultList());
  }

  /** As {@link #list(Class, String, Map)}, within a transaction. */
  public static <T> Uni<List<T>> list(Mutiny.Session session, Class<T> type, String query, Map<String, ?> parameters) {
    return bound(session, type, query, parameters).getResultList();
  }

  /**
   * What {@code search} finds, else {@code fresh}, which is kept then. Of several that come at once under one unique key, one is kept and
   * all get that one.
   */
  public <T> T findOrKeep(Function<Mutiny.Session, Uni<T>> search, T fresh) {
    try {
      return inTransaction(session -> search.apply(session).chain(found -> found != null
          ? Uni.createFrom().item(found)
          : session.persist(fresh).chain(session::flush).replaceWith(fresh)));
    } catch (RuntimeException e) {
      if (!isUniqueKeyTaken(e)) {
        throw e;
      }
      T faster = inTransaction(search);
      if (faster == null) {
        throw e;
      }
      return faster;
    }
  }

  private static <T> Mutiny.SelectionQuery<T> bound(Mutiny.Session session, Class<T> type, String query, Map<String, ?> parameters) {
    Mutiny.SelectionQuery<T> selection = session.createSelectionQuery(query, type);
    parameters.forEach(selection::setParameter);
    return selection;
  }

  private static boolean isUniqueKeyTaken(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConstraintViolationException violation) {
        return violation.getKind() == ConstraintViolationException.ConstraintKind.UNIQUE;
      }
    }
    return false;
  }
}
