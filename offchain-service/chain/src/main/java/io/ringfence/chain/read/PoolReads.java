package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Checkpoint;
import io.ringfence.chain.type.InKind;
import io.ringfence.chain.type.VenueBook;
import java.math.BigInteger;

/** Views of venues' pools and books. */
public final class PoolReads {
  private final Caller caller;

  PoolReads(Caller caller) {
    this.caller = caller;
  }

  public VenueBook book(long venue) {
    Vault.VenueBook b = caller.struct(Wrappers.VAULT.book(big(venue)), Vault.VenueBook.class);
    return new VenueBook(b.pool, b.gross, b.nextIndex.longValueExact(), b.shortfalls, b.lastShortfallBlock.longValueExact(),
        b.lastCheckpointBlock.longValueExact());
  }

  /** Pool plus value in kind plus settled over pledged accounts, signed, settlement units. */
  public BigInteger base(long venue) {
    return caller.integer(Wrappers.VAULT.base(big(venue)));
  }

  public Checkpoint checkpointAt(long venue, long block) {
    Vault.Checkpoint c =
        caller.struct(Wrappers.VAULT.checkpointAt(big(venue), big(block)), Vault.Checkpoint.class);
    return new Checkpoint(c.gross, c.nextIndex.longValueExact(), c.time.longValueExact());
  }

  public Address poolOf(long venue) {
    return caller.address(Wrappers.VAULT.poolOf(big(venue)));
  }

  /** What the pool still owes a released account, settlement units. */
  public BigInteger claims(long venue, Address account) {
    return caller.integer(Wrappers.VAULT.claims(big(venue), account.hex()));
  }

  /** What the pool holds of a token in kind. */
  public InKind inKind(long venue, Address token) {
    Vault.InKind held = caller.struct(Wrappers.VAULT.inKind(big(venue), token.hex()), Vault.InKind.class);
    return new InKind(held.amount, held.value);
  }
}
