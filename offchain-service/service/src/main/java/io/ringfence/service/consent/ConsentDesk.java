package io.ringfence.service.consent;

import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.WalletSignatures;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.service.domain.GrantedConsent;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.margin.Staleness;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Entities;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueKeys;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * Consents to withdrawals that leave enough: what remains, at the lower of the newest fresh root's and live prices, with outstanding
 * consents and waiting requests counted as gone, covers the requirement plus what is owed, both under that root and by today's trades.
 */
@Singleton
public class ConsentDesk {

  private final Entities entities;
  private final ChainAccess chain;
  private final Venue venue;
  private final VenueKeys keys;
  private final WalletSignatures wallets;
  private final AccountReader reader;
  private final ConsentStore store;

  ConsentDesk(
      Entities entities,
      Database database,
      ChainAccess chain,
      Venue venue,
      VenueKeys keys,
      WalletSignatures wallets,
      EpochStore epochs,
      MarginModel model,
      Staleness staleness) {
    this.entities = entities;
    this.chain = chain;
    this.venue = venue;
    this.keys = keys;
    this.wallets = wallets;
    this.reader = new AccountReader(database, chain, venue, epochs, model, staleness);
    this.store = new ConsentStore(venue);
  }

  /** A consent: its nonce, until when it can be used (chain seconds), and the venue's signature. */
  public record Granted(long nonce, long deadline, Data venueSignature) {}

  /**
   * Consents, or refuses with the figures. Nothing is locked while the chain is asked: the account is read, the request checked and
   * signed, and under the account's lock checked once more with the consents that were granted meanwhile. What fails there is not kept,
   * and its signature is shown to nobody.
   *
   * @throws ProblemException 409 with {@code value}, {@code required} and {@code pending} if too little would remain; other problems if the
   *     account, the request or its signature do not allow it
   */
  Granted consent(ConsentRequest request) {
    requireOwner(request);
    Optional<Granted> before = entities.inTransaction(session -> store.answered(session, request));
    if (before.isPresent()) {
      return before.get();
    }
    AccountReading now = reader.read(request);
    List<GrantedConsent> outstanding = entities.inTransaction(session -> store.outstanding(session, request, now));
    now.requireEnoughLeft(request, outstanding);
    Consent consent = new Consent(
        request.account(),
        venue.id(),
        now.record().index(),
        request.token(),
        request.amount(),
        request.to(),
        now.record().consentNonce(),
        Math.min(request.deadline(), now.time() + now.heartbeat()));
    Granted signed = new Granted(consent.nonce(), consent.deadline(), keys.venue().sign(domain().consent(consent)));
    return entities.inTransaction(session -> store.lock(session, request)
        .chain(() -> store.answered(session, request))
        .chain(answered -> answered.isPresent()
            ? Uni.createFrom().item(answered.get())
            : keep(session, request, now, consent, signed)));
  }

  private Uni<Granted> keep(Mutiny.Session session, ConsentRequest request, AccountReading now, Consent consent, Granted signed) {
    return store.outstanding(session, request, now)
        .invoke(outstanding -> now.requireEnoughLeft(request, outstanding))
        .chain(() -> store.keep(session, request, consent, signed))
        .replaceWith(signed);
  }

  private void requireOwner(ConsentRequest request) {
    Address owner;
    try {
      owner = chain.contracts().vault().ownerOf(request.account());
    } catch (CallRefusedException e) {
      throw ProblemException.of(ProblemKind.NOT_FOUND, "no account has been opened at " + request.account());
    }
    var digest = domain().consentRequest(
        request.account(), request.token(), request.amount(), request.to(), request.id(), request.deadline());
    if (!wallets.signed(owner, digest, request.ownerSignature())) {
      throw ProblemException.of(ProblemKind.NOT_ALLOWED, "ownerSignature is not of this request by " + owner + ", the account's owner");
    }
  }

  private Eip712 domain() {
    return new Eip712(chain.deployment().chainId(), chain.deployment().vault());
  }
}
