package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.Vault;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Lot;
import io.ringfence.chain.type.LotPage;
import io.ringfence.chain.type.Quote;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.web3j.abi.datatypes.generated.Uint256;

/** Views of the auction. */
public final class AuctionReads {
  private final Caller caller;

  AuctionReads(Caller caller) {
    this.caller = caller;
  }

  /**
   * Live lots from a place in the list on.
   *
   * @param from place, from 0; a lot that ends gives its place to the last one
   * @param most how many at most
   */
  public LotPage liveLots(long from, int most) {
    var answers = caller.answers(Wrappers.VAULT.liveLots(big(from), big(most)), 3);
    List<BigInteger> ids = Caller.list(answers.get(0), Uint256.class).stream().map(Uint256::getValue).toList();
    List<Vault.Lot> lots = Caller.list(answers.get(1), Vault.Lot.class);
    return new LotPage(
        IntStream.range(0, ids.size()).mapToObj(i -> lot(ids.get(i), lots.get(i))).toList(),
        ((BigInteger) answers.get(2).getValue()).longValueExact());
  }

  /** Refused as {@code UnknownLot} if it is not live. */
  public Lot lotOf(BigInteger lot) {
    return lot(lot, caller.struct(Wrappers.VAULT.lotOf(lot), Vault.Lot.class));
  }

  /** At {@code time}, chain seconds: to the unit what a take executes. */
  public Quote quote(BigInteger lot, long time) {
    var answers = caller.answers(Wrappers.VAULT.quote(lot, big(time)), 2);
    return new Quote((BigInteger) answers.get(0).getValue(), (BigInteger) answers.get(1).getValue());
  }

  private static Lot lot(BigInteger id, Vault.Lot l) {
    return new Lot(id, new Address(l.account), l.startTime.longValueExact(), l.resets.intValueExact(), l.amount, l.price);
  }

  /** The id that a lot of this token has under the account's pledge, live or not; refused as {@code NotPledged} if it has none. */
  public BigInteger lotFor(Address account, Address token) {
    return caller.integer(Wrappers.VAULT.lotFor(account.hex(), token.hex()));
  }
}
