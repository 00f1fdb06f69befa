package io.ringfence.service.consent;

import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.venue.Venue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Consents in the database. One can be used while its nonce is the account's next and its deadline has not passed. */
final class ConsentStore {

  private final int venue;

  ConsentStore(Venue venue) {
    this.venue = venue.id();
  }

  /** What the same request got before; refuses an id that was used for another request. */
  Optional<ConsentDesk.Granted> answered(Handle handle, ConsentRequest request) {
    return handle.createQuery("""
            SELECT nonce, deadline, signature, account, token, amount, to_address
            FROM consent WHERE venue = :venue AND client_request_id = :id
            """)
        .bind("venue", venue)
        .bind("id", id(request))
        .map((row, context) -> {
          boolean same = row.getString("token").equals(request.token().hex())
              && row.getBigDecimal("amount").toBigIntegerExact().equals(request.amount())
              && row.getString("to_address").equals(request.to().hex());
          if (!same) {
            throw new ProblemException(
                Problem.of(ProblemKind.CONFLICT, "id: " + request.id() + " was used for another withdrawal").with("field", "id"));
          }
          return new ConsentDesk.Granted(row.getLong("nonce"), row.getLong("deadline"), new Data(row.getString("signature")));
        })
        .findOne();
  }

  /** What consents that can still be used would take of {@code token}, smallest units. */
  BigInteger outstanding(Handle handle, Address account, AccountRecord record, Address token, long now) {
    return handle.createQuery("""
            SELECT coalesce(sum(amount), 0) FROM consent
            WHERE venue = :venue AND account = :account AND idx = :index AND token = :token AND nonce >= :nonce AND deadline >= :now
            """)
        .bind("venue", venue)
        .bind("account", account.hex())
        .bind("index", record.index())
        .bind("token", token.hex())
        .bind("nonce", record.consentNonce())
        .bind("now", now)
        .mapTo(BigDecimal.class)
        .one()
        .toBigIntegerExact();
  }

  void keep(Handle handle, ConsentRequest request, Consent consent, ConsentDesk.Granted granted) {
    handle.createUpdate("""
            INSERT INTO consent (venue, account, idx, token, amount, to_address, nonce, deadline, signature, client_request_id, state)
            VALUES (:venue, :account, :index, :token, :amount, :to, :nonce, :deadline, :signature, :id, 'granted')
            """)
        .bind("venue", venue)
        .bind("account", consent.account().hex())
        .bind("index", consent.index())
        .bind("token", consent.token().hex())
        .bind("amount", new BigDecimal(consent.amount()))
        .bind("to", consent.to().hex())
        .bind("nonce", consent.nonce())
        .bind("deadline", consent.deadline())
        .bind("signature", granted.venueSignature().hex())
        .bind("id", id(request))
        .execute();
  }

  /** Ids are each account's own: nobody can use up another's. */
  private static String id(ConsentRequest request) {
    return request.account().hex() + ":" + request.id().hex();
  }
}
