package io.ringfence.service.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.Address;
import io.ringfence.service.ledger.Ledger;
import io.ringfence.service.ledger.LedgerAccounts;
import io.ringfence.service.ledger.LedgerHead;
import io.ringfence.service.store.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the whole ledger with the chain, at the ledger's block, to the unit. */
@ApplicationScoped
public class Books {
  private final TestChain chain;
  private final Ledger ledger;
  private final LedgerHead head;
  private final Database database;

  Books(TestChain chain, Ledger ledger, LedgerHead head, Database database) {
    this.chain = chain;
    this.ledger = ledger;
    this.head = head;
    this.database = database;
  }

  /** Every account, pool, fund and settled counter. */
  public void assertLedgerEqualsChain() {
    long block = head.now().block();
    var at = chain.contracts().at(BlockTag.at(block));
    Map<String, BigInteger> onChain = new TreeMap<>();
    List<Address> tokens = chain.deployment().tokens().stream().map(token -> token.address()).toList();
    for (Address account : accounts()) {
      tokens.forEach(token -> put(onChain, LedgerAccounts.account(account), token.hex(), at.token(token).balanceOf(account)));
      var record = at.vault().record(account);
      put(onChain, LedgerAccounts.settled(account), LedgerAccounts.settledAsset(Math.max(1, record.venue())), record.settled());
    }
    for (var venue : chain.deployment().venues()) {
      tokens.forEach(token -> put(onChain, LedgerAccounts.pool(venue.id()), token.hex(), at.token(token).balanceOf(venue.pool())));
      put(onChain, LedgerAccounts.tranche(venue.id(), 1), venue.settlementAsset().hex(), at.fund(venue.fund()).venueTranche());
      put(onChain, LedgerAccounts.tranche(venue.id(), 2), venue.settlementAsset().hex(), at.fund(venue.fund()).memberTranche());
      for (Address token : tokens) {
        put(onChain, LedgerAccounts.inKind(venue.id(), token), LedgerAccounts.inKindAsset(venue.id()),
            at.pool().inKind(venue.id(), token).value());
      }
      BigInteger counted = at.fund(venue.fund()).venueTranche().add(at.fund(venue.fund()).memberTranche());
      put(onChain, LedgerAccounts.fund(venue.id()), venue.settlementAsset().hex(),
          at.token(venue.settlementAsset()).balanceOf(venue.fund()).subtract(counted));
    }
    Map<String, BigInteger> inLedger = new TreeMap<>();
    ledger.balances(block).stream()
        .filter(balance -> !balance.ledgerAccount().equals(LedgerAccounts.EXTERNAL) && !balance.ledgerAccount().contains("-total:"))
        .forEach(balance -> put(inLedger, balance.ledgerAccount(), balance.asset(), balance.amount()));
    assertThat(inLedger).isEqualTo(onChain);
  }

  private List<Address> accounts() {
    return database.inTransaction(sql -> sql.rows("SELECT address FROM account")
        .stream().map(row -> new Address(row.getString("address"))).toList());
  }

  private static void put(Map<String, BigInteger> balances, String account, String asset, BigInteger amount) {
    if (amount.signum() != 0) {
      balances.put(account + " " + asset, amount);
    }
  }
}
