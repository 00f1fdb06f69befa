package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Values;
import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.datatypes.generated.Uint128;

/** Views of the collateral valuer; prices are settlement units for 1e18 of an asset's smallest units. */
public final class ValuerReads {
  private final Caller caller;

  ValuerReads(Caller caller) {
    this.caller = caller;
  }

  /** Live price of every accepted asset in the venue's order. */
  public List<BigInteger> prices(long venue) {
    return caller.list(Wrappers.VAULT.prices(big(venue)), Uint128.class).stream().map(Uint128::getValue).toList();
  }

  /** Live price of one accepted asset. */
  public BigInteger price(long venue, Address token) {
    return caller.integer(Wrappers.VAULT.price(big(venue), token.hex()));
  }

  /** A pledged account's value; refused as {@code NotPledged} for another. */
  public Values values(Address account, List<BigInteger> rootPrices) {
    var answers = caller.answers(Wrappers.VAULT.values(account.hex(), rootPrices), 2);
    return new Values((BigInteger) answers.get(0).getValue(), (BigInteger) answers.get(1).getValue());
  }
}
