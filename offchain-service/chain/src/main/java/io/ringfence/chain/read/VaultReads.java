package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.ICollateralVault;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Checkpoint;
import io.ringfence.chain.type.VenueBook;
import io.ringfence.chain.type.WithdrawalRequest;
import java.math.BigInteger;

/** Views of the vault. */
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
    ICollateralVault.AccountRecord r = caller.struct(Wrappers.VAULT.record(account.hex()), ICollateralVault.AccountRecord.class);
    return new AccountRecord(r.venue.longValueExact(), r.index.longValueExact(), AccountStatus.of(r.status.intValueExact()),
        r.pendingWithdrawals.intValueExact(), r.settled, r.lastEpoch.longValueExact(), r.consentNonce.longValueExact());
  }

  /** Pledges so far: the nonce of the next terms. */
  public long pledges(Address account) {
    return caller.number(Wrappers.VAULT.pledges(account.hex()));
  }

  /** Settlement units. */
  public BigInteger debitCap(Address account) {
    return caller.integer(Wrappers.VAULT.debitCap(account.hex()));
  }

  public VenueBook book(long venue) {
    ICollateralVault.VenueBook b = caller.struct(Wrappers.VAULT.book(big(venue)), ICollateralVault.VenueBook.class);
    return new VenueBook(b.pool, b.gross, b.nextIndex.longValueExact(), b.shortfalls, b.lastShortfallBlock.longValueExact(),
        b.lastCheckpointBlock.longValueExact());
  }

  /** Pool plus settled over pledged accounts, signed, settlement units. */
  public BigInteger base(long venue) {
    return caller.integer(Wrappers.VAULT.base(big(venue)));
  }

  public Checkpoint checkpointAt(long venue, long block) {
    ICollateralVault.Checkpoint c =
        caller.struct(Wrappers.VAULT.checkpointAt(big(venue), big(block)), ICollateralVault.Checkpoint.class);
    return new Checkpoint(c.gross, c.nextIndex.longValueExact(), c.time.longValueExact());
  }

  public Address poolOf(long venue) {
    return caller.address(Wrappers.VAULT.poolOf(big(venue)));
  }

  /** In open withdrawal requests, smallest units of the token. */
  public BigInteger pendingOf(Address account, Address token) {
    return caller.integer(Wrappers.VAULT.pendingOf(account.hex(), token.hex()));
  }

  public WithdrawalRequest request(BigInteger id) {
    ICollateralVault.WithdrawalRequest r = caller.struct(Wrappers.VAULT.request(id), ICollateralVault.WithdrawalRequest.class);
    return new WithdrawalRequest(new Address(r.account), r.requestBlock.longValueExact(), new Address(r.token), r.venue.longValueExact(),
        r.index.longValueExact(), new Address(r.to), r.amount);
  }

  /** What the pool still owes a released account, settlement units. */
  public BigInteger claims(long venue, Address account) {
    return caller.integer(Wrappers.VAULT.claims(big(venue), account.hex()));
  }

  /** Whether the one lock is taken. */
  public boolean locked() {
    return caller.flag(Wrappers.VAULT.locked());
  }
}
