package io.ringfence.keeper;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Lot;
import io.ringfence.chain.type.LotPage;
import io.ringfence.chain.type.Quote;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Finds one venue's lots and prices them, all at one block. */
final class Scout {

  /** Gas that a take with two token transfers needs, with room to spare; the report counts what was really used. */
  static final long TAKE_GAS = 600_000;

  private static final BigInteger EXPECTED_GAS = BigInteger.valueOf(250_000);
  private static final int PAGE = 100;
  private static final String NATIVE = "WETH";

  private final JsonRpc rpc;
  private final Contracts contracts;
  private final long venue;
  private final Address settlementAsset;
  private final Address nativeToken;

  Scout(JsonRpc rpc, Deployment deployment, long venue) {
    this.rpc = rpc;
    this.contracts = new Contracts(rpc, deployment);
    this.venue = venue;
    this.settlementAsset = contracts.registry().settlementAsset(venue);
    this.nativeToken = deployment.token(NATIVE)
        .map(Deployment.Token::address)
        .filter(token -> contracts.registry().isAccepted(venue, token))
        .orElseThrow(() -> new IllegalArgumentException(
            "venue " + venue + " accepts no " + NATIVE + ", so gas cannot be priced in its settlement asset; choose another --venue"));
  }

  Address settlementAsset() {
    return settlementAsset;
  }

  /** Settlement units that {@code keeper} can pay with at the block. */
  BigInteger cash(Address keeper, BlockRef block) {
    return at(block).token(settlementAsset).balanceOf(keeper);
  }

  /** What {@code wei} is worth, settlement units, rounded up. */
  BigInteger inSettlementUnits(BigInteger wei, BlockRef block) {
    return Prices.cost(wei, at(block).valuer().price(venue, nativeToken));
  }

  /** Every lot of the venue that can be priced at the block. */
  List<Found> find(BlockRef block) {
    Contracts now = at(block);
    List<Found> found = new ArrayList<>();
    List<Lot> live = live(now);
    if (live.isEmpty()) {
      return found;
    }
    BigInteger gasCost = inSettlementUnits(EXPECTED_GAS.multiply(rpc.gasPrice()), block);
    List<AssetConfig> assets = now.registry().assets(venue);
    for (Lot lot : live) {
      try {
        Quote quote = now.auction().quote(lot.id(), block.timestamp());
        BigInteger livePrice = now.valuer().price(venue, assets.get(lot.place()).token());
        found.add(new Found(lot, new Offer(lot.id(), quote.price(), quote.available(), livePrice, gasCost)));
      } catch (CallRefusedException stale) {
        // A feed that is stale prices nothing: this lot waits for the next block.
        continue;
      }
    }
    return found;
  }

  /** The venue's own, from the list of all venues' lots. */
  private List<Lot> live(Contracts now) {
    List<Lot> own = new ArrayList<>();
    long total = 1;
    for (long from = 0; from < total; from += PAGE) {
      LotPage page = now.auction().liveLots(from, PAGE);
      page.lots().stream().filter(lot -> lot.venue() == venue).forEach(own::add);
      total = page.total();
    }
    return own;
  }

  private Contracts at(BlockRef block) {
    return contracts.at(BlockTag.at(block.hash()));
  }

  /** A lot and what it offers. */
  record Found(Lot lot, Offer offer) {}
}
