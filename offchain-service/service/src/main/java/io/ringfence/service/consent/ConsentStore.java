package io.ringfence.service.consent;

import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Exact;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.Venue;
import java.math.BigInteger;
import java.util.Optional;

/** Consents in the database. One can be used while its nonce is the account's next and its deadline has not passed. */
final class ConsentStore {

  private final int venue;

  ConsentStore(Venue venue) {
    this.venue = venue.id();
  }

  /** What the same request got before; refuses an id that was used for another request. */
  Optional<ConsentDesk.Granted> answered(Sql sql, ConsentRequest request) {
    return sql
        .row("""
            SELECT nonce, deadline, signature, account, token, amount, to_address
            FROM consent WHERE venue = $1 AND client_request_id = $2
            """, venue, id(request))
        .map(row -> {
          boolean same = row.getString("token").equals(request.token().hex())
              && Exact.whole(row, "amount").equals(request.amount())
              && row.getString("to_address").equals(request.to().hex());
          if (!same) {
            throw new ProblemException(
                Problem.of(ProblemKind.CONFLICT, "id: " + request.id() + " was used for another withdrawal").with("field", "id"));
          }
          return new ConsentDesk.Granted(row.getLong("nonce"), row.getLong("deadline"), new Data(row.getString("signature")));
        });
  }

  /** What consents that can still be used would take of {@code token}, smallest units. */
  BigInteger outstanding(Sql sql, Address account, AccountRecord record, Address token, long now) {
    return Exact.whole(sql.one("""
        SELECT coalesce(sum(amount), 0) AS amount FROM consent
        WHERE venue = $1 AND account = $2 AND idx = $3 AND token = $4 AND nonce >= $5 AND deadline >= $6
        """, venue, account.hex(), record.index(), token.hex(), record.consentNonce(), now), "amount");
  }

  void keep(Sql sql, ConsentRequest request, Consent consent, ConsentDesk.Granted granted) {
    sql.update("""
        INSERT INTO consent (venue, account, idx, token, amount, to_address, nonce, deadline, signature, client_request_id, state)
        VALUES ($1, $2, $3, $4, $5::text::numeric, $6, $7, $8, $9, $10, 'granted')
        """,
        venue,
        consent.account().hex(),
        consent.index(),
        consent.token().hex(),
        consent.amount().toString(),
        consent.to().hex(),
        consent.nonce(),
        consent.deadline(),
        granted.venueSignature().hex(),
        id(request));
  }

  /** Ids are each account's own: nobody can use up another's. */
  private static String id(ConsentRequest request) {
    return request.account().hex() + ":" + request.id().hex();
  }
}
