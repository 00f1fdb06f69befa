package io.ringfence.service.consent;

import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.WalletSignatures;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.service.domain.ClientRequest;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Entities;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueKeys;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.Optional;

/** Countersigns pledges that the account's owner has signed and that the chain would take as they are. */
@Singleton
public class PledgeDesk {

  private static final String KIND = "pledge";

  private final Entities entities;
  private final ChainAccess chain;
  private final Venue venue;
  private final VenueKeys keys;
  private final WalletSignatures wallets;

  PledgeDesk(Entities entities, ChainAccess chain, Venue venue, VenueKeys keys, WalletSignatures wallets) {
    this.entities = entities;
    this.chain = chain;
    this.venue = venue;
    this.keys = keys;
    this.wallets = wallets;
  }

  /**
   * The venue's signature on the terms. The same id with the same terms gets the same answer again.
   *
   * @throws ProblemException if the terms, the signature or the account do not allow it, or the id was used for other terms
   */
  public Data countersign(String id, PledgeTerms terms, Data ownerSignature) {
    Bytes32 digest = new Eip712(chain.deployment().chainId(), chain.deployment().vault()).pledge(terms);
    var key = new ClientRequest.Key(venue.id(), KIND, id);
    Optional<ClientRequest> before = entities.find(ClientRequest.class, key);
    if (before.isPresent()) {
      return answer(id, before.get(), digest);
    }
    check(terms);
    Address owner = owner(terms.account());
    if (!wallets.signed(owner, digest, ownerSignature)) {
      throw ProblemException.of(ProblemKind.NOT_ALLOWED, "ownerSignature is not of these terms by " + owner + ", the account's owner");
    }
    var fresh = new ClientRequest(key, digest.hex(), keys.venue().sign(digest).hex());
    return answer(id, entities.findOrKeep(session -> session.find(ClientRequest.class, key), fresh), digest);
  }

  private void check(PledgeTerms terms) {
    long policy = chain.contracts().registry().policyVersion(venue.id());
    if (terms.policyVersion() != policy) {
      throw ProblemException.field("terms.policyVersion", "the venue's current version is " + policy + ", not " + terms.policyVersion());
    }
    long now = chain.head().timestamp();
    if (terms.deadline() <= now) {
      throw ProblemException.field("terms.deadline", "has passed: the chain's time is " + now);
    }
    BigInteger least = chain.contracts().registry().parameters(venue.id()).minDebitCap();
    if (terms.debitCap().compareTo(least) < 0) {
      throw ProblemException.field("terms.debitCap", "must be at least " + least + ", not " + terms.debitCap());
    }
    owner(terms.account());
    AccountRecord record = chain.contracts().vault().record(terms.account());
    if (record.venue() != 0) {
      throw ProblemException.of(ProblemKind.CONFLICT, "the account is pledged to venue " + record.venue() + " already");
    }
    long nonce = chain.contracts().vault().pledges(terms.account());
    if (terms.nonce() != nonce) {
      throw ProblemException.field("terms.nonce", "the account's next pledge has nonce " + nonce + ", not " + terms.nonce());
    }
  }

  private Address owner(Address account) {
    try {
      return chain.contracts().vault().ownerOf(account);
    } catch (CallRefusedException e) {
      throw ProblemException.field("terms.account", "no account has been opened at " + account);
    }
  }

  private static Data answer(String id, ClientRequest kept, Bytes32 digest) {
    if (!kept.bodyHash().equals(digest.hex())) {
      throw new ProblemException(Problem.of(ProblemKind.CONFLICT, "id: " + id + " was used for other terms").with("field", "id"));
    }
    return new Data(kept.signature());
  }
}
