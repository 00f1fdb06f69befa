package io.ringfence.audit;

import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.EventDecoder;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.LogQuery;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes32;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads from the contracts every balance that a ledger should have. */
public final class ChainReader {

  private final JsonRpc rpc;
  private final Deployment deployment;
  private final EventDecoder decoder = new EventDecoder();

  public ChainReader(JsonRpc rpc, Deployment deployment) {
    this.rpc = rpc;
    this.deployment = deployment;
  }

  /**
   * Every line at one block, those that are zero included. The accounts are the ones the vault has opened and any that
   * {@code claimed} names besides, so that neither side can leave one out.
   *
   * @param number the block's height
   * @param hash its hash: a block that was reorganised away is refused by the node
   * @param claimed accounts that the ledger speaks of
   */
  public Map<Line, BigInteger> read(long number, Bytes32 hash, Set<Address> claimed) {
    Contracts contracts = new Contracts(rpc, deployment).at(BlockTag.at(hash));
    Set<Address> accounts = opened(number);
    accounts.addAll(claimed);
    Map<Line, BigInteger> lines = new TreeMap<>();
    Set<Address> tokens = new TreeSet<>((a, b) -> a.hex().compareTo(b.hex()));
    long venues = contracts.registry().venues();
    for (long venue = 1; venue <= venues; venue++) {
      List<AssetConfig> assets = contracts.registry().assets(venue);
      assets.forEach(asset -> tokens.add(asset.token()));
      readVenue(contracts, venue, assets.getFirst().token(), lines);
    }
    for (Address account : accounts) {
      for (Address token : tokens) {
        lines.put(new Line("account:" + account, token.hex()), contracts.token(token).balanceOf(account));
      }
      AccountRecord record = contracts.vault().record(account);
      for (long venue = 1; venue <= venues; venue++) {
        BigInteger settled = record.venue() == venue ? record.settled() : BigInteger.ZERO;
        lines.put(new Line("settled:" + account, "settled:" + venue), settled);
        lines.merge(settledTotal(venue), settled, BigInteger::subtract);
      }
    }
    return lines;
  }

  private void readVenue(Contracts contracts, long venue, Address settlementAsset, Map<Line, BigInteger> lines) {
    String asset = settlementAsset.hex();
    lines.put(new Line("pool:" + venue, asset), contracts.token(settlementAsset).balanceOf(contracts.pool().poolOf(venue)));
    Address fund = contracts.registry().fundOf(venue);
    BigInteger own = contracts.fund(fund).venueTranche();
    BigInteger members = contracts.fund(fund).memberTranche();
    lines.put(new Line("tranche:" + venue + ":1", asset), own);
    lines.put(new Line("tranche:" + venue + ":2", asset), members);
    BigInteger held = contracts.token(settlementAsset).balanceOf(fund);
    lines.put(new Line("fund:" + venue, asset), held.subtract(own).subtract(members));
    lines.put(settledTotal(venue), BigInteger.ZERO);
  }

  private static Line settledTotal(long venue) {
    return new Line("settled-total:" + venue, "settled:" + venue);
  }

  private Set<Address> opened(long number) {
    Set<Address> accounts = new TreeSet<>((a, b) -> a.hex().compareTo(b.hex()));
    LogQuery query = new LogQuery(deployment.block(), number, List.of(deployment.vault()), List.of());
    rpc.logs(query).forEach(log -> {
      if (decoder.decode(log).orElse(null) instanceof ChainEvent.AccountOpened opening) {
        accounts.add(opening.account());
      }
    });
    return accounts;
  }
}
