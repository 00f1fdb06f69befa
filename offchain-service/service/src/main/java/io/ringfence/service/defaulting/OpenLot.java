package io.ringfence.service.defaulting;

import io.ringfence.chain.type.Address;
import io.ringfence.service.domain.AuctionLot;
import io.ringfence.service.store.Entities;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * A live auction lot as the ledger last saw it.
 *
 * @param remaining smallest units of {@code token}
 * @param floorPrice settlement units for 1e18 smallest units
 * @param endsAt when its run is over, chain seconds
 */
record OpenLot(
    BigInteger lot, long index, Address account, Address token, BigInteger remaining, BigInteger floorPrice, long endsAt, int resets) {

  private static final BigInteger PRICE_UNIT = BigInteger.TEN.pow(18);

  /** What it brings in at least if all of it is taken, settlement units. */
  BigInteger atFloor() {
    return remaining.multiply(floorPrice).divide(PRICE_UNIT);
  }

  /** The venue's live lots. */
  static List<OpenLot> of(Entities entities, int venue) {
    return entities
        .list(AuctionLot.class, "from AuctionLot where venue = :venue and state = 'live' order by lot", Map.of("venue", venue))
        .stream()
        .map(lot -> new OpenLot(
            lot.lot(),
            lot.index(),
            new Address(lot.account()),
            new Address(lot.token()),
            lot.remaining(),
            lot.floorPrice(),
            lot.startTime() + lot.duration(),
            lot.resets()))
        .toList();
  }
}
