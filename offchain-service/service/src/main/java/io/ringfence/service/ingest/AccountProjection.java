package io.ringfence.service.ingest;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.service.store.Sql;
import java.math.BigInteger;

/** Accounts, pledges, withdrawal requests and claims, as the vault's events tell them. */
final class AccountProjection {
  private final Sql sql;

  AccountProjection(Sql sql) {
    this.sql = sql;
  }

  void apply(ChainEvent.AccountOpened e) {
    sql.update("""
        INSERT INTO account (address, owner, number, opened_block, status) VALUES ($1, $2, $3::text::numeric, $4, 'UNPLEDGED')
        """, e.account().hex(), e.owner().hex(), e.number().toString(), e.position().blockNumber());
  }

  void apply(ChainEvent.AccountPledged e) {
    sql.update("""
        UPDATE account SET venue = $2, idx = $3, status = 'ACTIVE', pledged_block = $4, released_block = NULL, debit_cap = $5::text::numeric
        WHERE address = $1
        """, e.account().hex(), e.venue(), e.index(), e.position().blockNumber(), e.debitCap().toString());
    sql.update("""
        INSERT INTO pledge (venue, idx, account, policy_version, debit_cap, from_block) VALUES ($1, $2, $3, $4, $5::text::numeric, $6)
        """, e.venue(), e.index(), e.account().hex(), e.policyVersion(), e.debitCap().toString(), e.position().blockNumber());
  }

  void apply(ChainEvent.AccountReleased e) {
    sql.update("""
        UPDATE account SET venue = NULL, idx = NULL, status = 'UNPLEDGED', released_block = $2, debit_cap = NULL WHERE address = $1
        """, e.account().hex(), e.position().blockNumber());
    sql.update("UPDATE pledge SET to_block = $3 WHERE venue = $1 AND idx = $2", e.venue(), e.index(), e.position().blockNumber());
    // A request is kept by pledge, and dies with it.
    sql.update("UPDATE withdrawal_request SET state = 'released', ended_block = $2 WHERE account = $1 AND state = 'open'",
        e.account().hex(), e.position().blockNumber());
    if (e.claim().signum() > 0) {
      addClaim(e.venue(), e.account().hex(), e.claim(), BigInteger.ZERO);
    }
  }

  /** Every change of status has an event of its own; this is what they have in common. */
  void isNow(Address account, AccountStatus status) {
    sql.update("UPDATE account SET status = $2 WHERE address = $1", account.hex(), status.name());
  }

  void apply(ChainEvent.WithdrawalRequested e, long id) {
    sql.update("""
        INSERT INTO withdrawal_request (id, account, token, amount, to_address, state, requested_block)
        VALUES ($1, $2, $3, $4::text::numeric, $5, 'open', $6)
        """, id, e.account().hex(), e.token().hex(), e.amount().toString(), e.to().hex(), e.position().blockNumber());
  }

  void apply(ChainEvent.WithdrawalCancelled e) {
    sql.update("UPDATE withdrawal_request SET state = 'cancelled', ended_block = $3 WHERE account = $1 AND token = $2 AND state = 'open'",
        e.account().hex(), e.token().hex(), e.position().blockNumber());
  }

  void apply(ChainEvent.WithdrawalFinalised e) {
    sql.update("""
        UPDATE withdrawal_request SET state = 'finalised', ended_block = $3, epoch = $4
        WHERE account = $1 AND token = $2 AND state = 'open'
        """, e.account().hex(), e.token().hex(), e.position().blockNumber(), e.epoch());
  }

  void apply(ChainEvent.DebitCapLowered e) {
    if (e.applied()) {
      sql.update("UPDATE account SET debit_cap = $2::text::numeric WHERE address = $1", e.account().hex(), e.cap().toString());
      sql.update("UPDATE pledge SET debit_cap = $2::text::numeric WHERE account = $1 AND to_block IS NULL",
          e.account().hex(), e.cap().toString());
    }
  }

  void apply(ChainEvent.PolicyAdopted e) {
    sql.update("UPDATE pledge SET policy_version = $3 WHERE venue = $1 AND account = $2 AND to_block IS NULL",
        e.venue(), e.account().hex(), e.policyVersion());
  }

  void apply(ChainEvent.ClaimPaid e) {
    addClaim(e.venue(), e.account().hex(), BigInteger.ZERO, e.amount());
  }

  private void addClaim(long venue, String account, BigInteger amount, BigInteger paid) {
    sql.update("""
        INSERT INTO claim (venue, account, amount, paid) VALUES ($1, $2, $3::text::numeric, $4::text::numeric)
        ON CONFLICT (venue, account) DO UPDATE SET amount = claim.amount + excluded.amount, paid = claim.paid + excluded.paid
        """, venue, account, amount.toString(), paid.toString());
  }
}
