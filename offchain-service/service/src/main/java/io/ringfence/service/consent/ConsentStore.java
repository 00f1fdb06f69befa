package io.ringfence.service.consent;

import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.service.domain.GrantedConsent;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Entities;
import io.ringfence.service.venue.Venue;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/** Consents in the database. One can be used while its nonce is the account's next and its deadline has not passed. */
final class ConsentStore {

  private final int venue;

  ConsentStore(Venue venue) {
    this.venue = venue.id();
  }

  /** Until the transaction ends nobody else decides about the account. */
  Uni<Void> lock(Mutiny.Session session, ConsentRequest request) {
    return session.createNativeQuery("SELECT cast(pg_advisory_xact_lock(hashtextextended(:key, 0)) AS text)", String.class)
        .setParameter("key", "consent:" + request.account().hex())
        .getSingleResult()
        .replaceWithVoid();
  }

  /** What the same request got before; refuses an id that was used for another request. */
  Uni<Optional<ConsentDesk.Granted>> answered(Mutiny.Session session, ConsentRequest request) {
    return Entities
        .list(session, GrantedConsent.class, "from GrantedConsent where venue = :venue and requestId = :id",
            Map.of("venue", venue, "id", id(request)))
        .map(found -> found.stream().findFirst().map(kept -> {
          if (!kept.asked().equals(asked(request))) {
            throw new ProblemException(
                Problem.of(ProblemKind.CONFLICT, "id: " + request.id() + " was used for another withdrawal").with("field", "id"));
          }
          return new ConsentDesk.Granted(kept.nonce(), kept.deadline(), new Data(kept.signature()));
        }));
  }

  /**
   * Other consents of the account that can still be used at the moment of {@code now}. The same request's own, which a retry may meet, does
   * not stand in its way.
   */
  Uni<List<GrantedConsent>> outstanding(Mutiny.Session session, ConsentRequest request, AccountReading now) {
    return Entities.list(session, GrantedConsent.class, """
        from GrantedConsent
        where venue = :venue and account = :account and index = :index and nonce >= :nonce and deadline >= :now and requestId <> :id
        """,
        Map.of("venue", venue, "account", request.account().hex(), "index", now.record().index(), "nonce", now.record().consentNonce(),
            "now", now.time(), "id", id(request)));
  }

  Uni<Void> keep(Mutiny.Session session, ConsentRequest request, Consent consent, ConsentDesk.Granted granted) {
    return session.persist(new GrantedConsent(
        asked(request), consent.index(), granted.nonce(), granted.deadline(), granted.venueSignature().hex()));
  }

  private GrantedConsent.Asked asked(ConsentRequest request) {
    return new GrantedConsent.Asked(
        id(request), venue, request.account().hex(), request.token().hex(), request.amount(), request.to().hex());
  }

  /** Ids are each account's own: nobody can use up another's. */
  private static String id(ConsentRequest request) {
    return request.account().hex() + ":" + request.id().hex();
  }
}
