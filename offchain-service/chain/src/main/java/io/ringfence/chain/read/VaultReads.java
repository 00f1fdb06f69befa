package io.ringfence.chain.read;

import io.ringfence.chain.type.AccountRecord;
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
    throw new UnsupportedOperationException();
  }

  /** Owner written in the account's code; refused as {@code NotAnAccount} for other addresses. */
  public Address ownerOf(Address account) {
    throw new UnsupportedOperationException();
  }

  public AccountRecord record(Address account) {
    throw new UnsupportedOperationException();
  }

  /** Pledges so far: the nonce of the next terms. */
  public long pledges(Address account) {
    throw new UnsupportedOperationException();
  }

  /** Settlement units. */
  public BigInteger debitCap(Address account) {
    throw new UnsupportedOperationException();
  }

  public VenueBook book(long venue) {
    throw new UnsupportedOperationException();
  }

  /** Pool plus settled over pledged accounts, signed, settlement units. */
  public BigInteger base(long venue) {
    throw new UnsupportedOperationException();
  }

  public Checkpoint checkpointAt(long venue, long block) {
    throw new UnsupportedOperationException();
  }

  public Address poolOf(long venue) {
    throw new UnsupportedOperationException();
  }

  /** In open withdrawal requests, smallest units of the token. */
  public BigInteger pendingOf(Address account, Address token) {
    throw new UnsupportedOperationException();
  }

  public WithdrawalRequest request(BigInteger id) {
    throw new UnsupportedOperationException();
  }

  /** What the pool still owes a released account, settlement units. */
  public BigInteger claims(long venue, Address account) {
    throw new UnsupportedOperationException();
  }

  /** Whether the one lock is taken. */
  public boolean locked() {
    throw new UnsupportedOperationException();
  }
}
