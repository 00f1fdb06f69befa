package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.DefaultCase;
import java.math.BigInteger;

/** Views of calls and defaults. */
public final class DefaultReads {
  private final Caller caller;

  DefaultReads(Caller caller) {
    this.caller = caller;
  }

  public DefaultCase caseOf(Address account) {
    Vault.DefaultCase c = caller.struct(Wrappers.VAULT.caseOf(account.hex()), Vault.DefaultCase.class);
    return new DefaultCase(c.time.longValueExact(), c.initialMargin, c.mark, c.openLots.intValueExact(), c.toSell.intValueExact(),
        new Address(c.declarer), c.owed, c.finalNet, c.reportedAt.longValueExact(), c.loss, c.confirmed);
  }

  /** What auctions must still bring in, settlement units. */
  public BigInteger need(Address account) {
    return caller.integer(Wrappers.VAULT.need(account.hex()));
  }

  public long openDefaults(long venue) {
    return caller.number(Wrappers.VAULT.openDefaults(big(venue)));
  }

  /** What a keeper can collect, smallest units of the token. */
  public BigInteger rewards(Address beneficiary, Address token) {
    return caller.integer(Wrappers.VAULT.rewards(beneficiary.hex(), token.hex()));
  }

  /** Least seconds between a call and a default, whatever the policy says. */
  public long minCure() {
    return caller.number(Wrappers.VAULT.minCure());
  }
}
