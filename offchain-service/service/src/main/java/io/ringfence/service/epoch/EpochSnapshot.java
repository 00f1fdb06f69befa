package io.ringfence.service.epoch;

import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.margin.MarginMarket;
import io.ringfence.service.margin.MarketQuotes;
import java.math.BigInteger;
import java.util.List;

/**
 * Everything that determines an epoch's tree.
 *
 * @param epoch the epoch to build
 * @param block the checkpointed block
 * @param accounts the venue's next index at the checkpoint
 * @param covered how far credits may exceed debits: the venue's base at the checkpoint less shortfalls recorded since, signed
 * @param uncut shortfalls that no root has cut from the winners yet, settlement units
 * @param collateral accepted assets at the root's prices
 * @param market quotes behind requirement and result
 * @param standings the accounts pledged at the snapshot, by index
 */
public record EpochSnapshot(
    int venue,
    long epoch,
    Block block,
    int accounts,
    BigInteger covered,
    BigInteger uncut,
    CollateralTerms collateral,
    MarketQuotes market,
    List<Standing> standings) {

  /**
   * A block of the chain.
   *
   * @param hash lower-case 0x text
   * @param time seconds since 1970
   */
  public record Block(long number, String hash, long time) {}

  /** All prices behind the requirements. */
  MarginMarket prices() {
    return new MarginMarket(market, collateral);
  }

  /** Copies the standings. */
  public EpochSnapshot {
    standings = List.copyOf(standings);
  }
}
