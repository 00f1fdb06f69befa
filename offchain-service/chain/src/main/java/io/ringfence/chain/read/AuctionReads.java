package io.ringfence.chain.read;

import static io.ringfence.chain.abi.Structs.big;

import io.ringfence.chain.abi.Wrappers;
import io.ringfence.chain.generated.ILiquidationAuction;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Lot;
import io.ringfence.chain.type.Quote;
import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.datatypes.generated.Uint256;

/** Views of the auction. */
public final class AuctionReads {
  private final Caller caller;

  AuctionReads(Caller caller) {
    this.caller = caller;
  }

  public List<BigInteger> liveLots() {
    return caller.list(Wrappers.AUCTION.liveLots(), Uint256.class).stream().map(Uint256::getValue).toList();
  }

  /** Refused as {@code UnknownLot} if there is none. */
  public Lot lotOf(BigInteger lot) {
    ILiquidationAuction.Lot l = caller.struct(Wrappers.AUCTION.lotOf(lot), ILiquidationAuction.Lot.class);
    return new Lot(new Address(l.account), l.startTime.longValueExact(), l.duration.longValueExact(), l.resets.intValueExact(),
        new Address(l.token), l.venue.longValueExact(), l.index.longValueExact(), l.amount, l.startPrice, l.floorPrice);
  }

  /** At {@code time}, chain seconds, within the lot's run: to the unit what a take executes. */
  public Quote quote(BigInteger lot, long time) {
    var answers = caller.answers(Wrappers.AUCTION.quote(lot, big(time)), 2);
    return new Quote((BigInteger) answers.get(0).getValue(), (BigInteger) answers.get(1).getValue());
  }

  /** 0 if there is none. */
  public BigInteger lotFor(Address account, Address token) {
    return caller.integer(Wrappers.AUCTION.lotFor(account.hex(), token.hex()));
  }
}
