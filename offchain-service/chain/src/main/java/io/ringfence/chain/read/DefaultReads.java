package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.IDefaultManager;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.DefaultCase;
import java.math.BigInteger;

/** Views of the default manager. */
public final class DefaultReads {
  private final Caller caller;

  DefaultReads(Caller caller) {
    this.caller = caller;
  }

  public DefaultCase caseOf(Address account) {
    IDefaultManager.Case c = caller.struct(Wrappers.DEFAULTS.caseOf(account.hex()), IDefaultManager.Case.class);
    return new DefaultCase(c.callBlock.longValueExact(), c.deadline.longValueExact(), c.defaultedAt.longValueExact(),
        c.reportedAt.longValueExact(), c.openLots.intValueExact(), c.toSell.intValueExact(), c.owed, c.owedAtDefault, c.initialMargin,
        c.loss, new Address(c.declarer), c.finalNet);
  }

  /** What auctions must still bring in, settlement units. */
  public BigInteger need(Address account) {
    return caller.integer(Wrappers.DEFAULTS.need(account.hex()));
  }

  public long openDefaults(long venue) {
    return caller.number(Wrappers.DEFAULTS.openDefaults(big(venue)));
  }

  /** What a keeper can collect, smallest units of the token. */
  public BigInteger rewards(Address beneficiary, Address token) {
    return caller.integer(Wrappers.DEFAULTS.rewards(beneficiary.hex(), token.hex()));
  }

  /** Least seconds between a call and a default, whatever the policy says. */
  public long minCure() {
    return caller.number(Wrappers.DEFAULTS.minCure());
  }
}
