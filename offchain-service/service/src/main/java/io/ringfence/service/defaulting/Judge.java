package io.ringfence.service.defaulting;

import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.reserves.Leaf;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.epoch.LedgerView;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.epoch.Wire;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Judges accounts under a root by the same arithmetic as the chain's, from the ledger and live prices. */
public final class Judge {

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;

  /** A judge over one venue's accounts. */
  public Judge(Database database, ChainAccess chain, Venue venue) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
  }

  /** Every account of the root that is still under the same pledge, by leaf index. */
  public List<Judgement> judge(Root root, VenueFacts facts) {
    List<BigInteger> live = chain.contracts().valuer().prices(venue.id());
    return database.inTransaction(sql -> {
      LedgerView ledger = LedgerView.newest(sql, venue.id());
      Map<Long, AccountStatus> statuses = statuses(sql);
      List<Judgement> judgements = new ArrayList<>();
      for (Leaf leaf : root.leaves()) {
        AccountStatus status = statuses.get(leaf.index());
        if (status != null) {
          judgements.add(judgement(root, facts, live, ledger, leaf, status));
        }
      }
      return judgements;
    });
  }

  /** One account of the root, if it is still under the same pledge. */
  public Optional<Judgement> judge(Root root, VenueFacts facts, Address account) {
    return judge(root, facts).stream().filter(judgement -> judgement.account().equals(account)).findFirst();
  }

  private static Judgement judgement(
      Root root, VenueFacts facts, List<BigInteger> livePrices, LedgerView ledger, Leaf leaf, AccountStatus status) {
    Address account = Wire.address(leaf.account());
    List<BigInteger> free = ledger.free(account, facts.assets());
    CollateralTerms atRoot = new CollateralTerms(facts.assets(), root.prices().collateral());
    BigInteger settlementBalance = ledger.balance(account, facts.settlementAsset().token());
    return new Judgement(
        account,
        status,
        leaf,
        ledger.settled(account),
        free,
        settlementBalance,
        atRoot.value(free),
        atRoot.at(livePrices).value(free));
  }

  private Map<Long, AccountStatus> statuses(Sql sql) {
    Map<Long, AccountStatus> statuses = new HashMap<>();
    sql.rows("SELECT idx, status FROM account WHERE venue = $1", venue.id())
        .forEach(row -> statuses.put(row.getLong("idx"), AccountStatus.valueOf(row.getString("status"))));
    return statuses;
  }
}
