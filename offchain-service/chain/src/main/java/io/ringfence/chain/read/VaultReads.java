package io.ringfence.chain.read;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.WithdrawalRequest;
import java.math.BigInteger;

/** Views of accounts and their owners' withdrawals. */
public final class VaultReads {
  private final Caller caller;

  VaultReads(Caller caller) {
    this.caller = caller;
  }

  /** Address of the (owner, number) account, whether or not it exists yet. */
  public Address predict(Address owner, BigInteger number) {
    return caller.address(Wrappers.VAULT.predict(owner.hex(), number));
  }

  /** Owner written in the account's code; refused as {@code NotAnAccount} for other addresses. */
  public Address ownerOf(Address account) {
    return caller.address(Wrappers.VAULT.ownerOf(account.hex()));
  }

  public AccountRecord record(Address account) {
    Vault.AccountRecord r = caller.struct(Wrappers.VAULT.record(account.hex()), Vault.AccountRecord.class);
    return new AccountRecord(r.venue.longValueExact(), r.index.longValueExact(), AccountStatus.of(r.status.intValueExact()),
        r.flags.intValueExact(), r.pendingMask.intValueExact(), r.settled, r.lastEpoch.longValueExact(), r.consentNonce.longValueExact(),
        r.policyVersion.longValueExact());
  }

  /** Pledges so far: the nonce of the next terms. */
  public long pledges(Address account) {
    return caller.number(Wrappers.VAULT.pledges(account.hex()));
  }

  /** Settlement units. */
  public BigInteger debitCap(Address account) {
    return caller.struct(Wrappers.VAULT.allowance(account.hex()), Vault.DebitAllowance.class).debitCap;
  }

  /** In open withdrawal requests, smallest units of the token. */
  public BigInteger pendingOf(Address account, Address token) {
    return caller.integer(Wrappers.VAULT.pendingOf(account.hex(), token.hex()));
  }

  /** The account's waiting withdrawal of the token; to nobody if there is none. */
  public WithdrawalRequest request(Address account, Address token) {
    Vault.WithdrawalRequest r =
        caller.struct(Wrappers.VAULT.request(account.hex(), token.hex()), Vault.WithdrawalRequest.class);
    return new WithdrawalRequest(new Address(r.to), r.requestBlock.longValueExact(), r.amount);
  }

  /** Whether the one lock is taken. */
  public boolean locked() {
    return caller.flag(Wrappers.VAULT.locked());
  }
}
