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
      readVenue(contracts, venue, assets, number, lines);
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

  private void readVenue(Contracts contracts, long venue, List<AssetConfig> assets, long number, Map<Line, BigInteger> lines) {
    Address settlementAsset = assets.getFirst().token();
    Address pool = contracts.pool().poolOf(venue);
    Line total = new Line("in-kind-total:" + venue, "in-kind:" + venue);
    lines.put(total, BigInteger.ZERO);
    for (AssetConfig asset : assets) {
      lines.put(new Line("pool:" + venue, asset.token().hex()), contracts.token(asset.token()).balanceOf(pool));
      BigInteger value = contracts.pool().inKind(venue, asset.token()).value();
      lines.put(new Line("in-kind:" + venue + ":" + asset.token(), "in-kind:" + venue), value);
      lines.merge(total, value, BigInteger::subtract);
    }
    readFund(contracts, venue, settlementAsset, number, lines);
    lines.put(settledTotal(venue), BigInteger.ZERO);
  }

  private void readFund(Contracts contracts, long venue, Address settlementAsset, long number, Map<Line, BigInteger> lines) {
    String asset = settlementAsset.hex();
    Address fund = contracts.registry().fundOf(venue);
    BigInteger own = contracts.fund(fund).venueTranche();
    BigInteger members = contracts.fund(fund).memberTranche();
    BigInteger residues = BigInteger.ZERO;
    Address open = contracts.fund(fund).series();
    for (Address series : series(fund, number)) {
      residues = residues.add(series.equals(open) ? BigInteger.ZERO : contracts.fund(fund).assetsOf(series));
    }
    lines.put(new Line("tranche:" + venue + ":1", asset), own);
    lines.put(new Line("tranche:" + venue + ":2", asset), members);
    lines.put(new Line("tranche:" + venue + ":3", asset), residues);
    BigInteger held = contracts.token(settlementAsset).balanceOf(fund);
    lines.put(new Line("fund:" + venue, asset), held.subtract(own).subtract(members).subtract(residues));
  }

  private List<Address> series(Address fund, long number) {
    return rpc.logs(new LogQuery(deployment.block(), number, List.of(fund), List.of())).stream()
        .flatMap(log -> decoder.decode(log).stream())
        .filter(ChainEvent.SeriesOpened.class::isInstance)
        .map(event -> ((ChainEvent.SeriesOpened) event).series())
        .toList();
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
