package io.ringfence.verify;

import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Values;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.ProofFile;
import java.io.PrintWriter;
import java.math.BigInteger;

/** What a verified leaf comes to for the account's owner, with the collateral that the chain has now. Amounts in settlement units. */
final class Standing {

  private Standing() {}

  static void print(Contracts contracts, ProofFile proof, PrintWriter out) {
    Leaf leaf = proof.leaf();
    long venue = proof.header().venue();
    Address account = Address.of(leaf.account().toBytes());
    AccountRecord record = contracts.vault().record(account);
    BigInteger due = leaf.net().subtract(record.settled());
    out.println("account " + account + " of " + contracts.vault().ownerOf(account) + ", index " + leaf.index() + " of venue " + venue);
    out.println("epoch " + proof.header().epoch() + ", the newest is " + contracts.log().newest(venue));
    for (AssetConfig asset : contracts.registry().assets(venue)) {
      out.println("holds " + contracts.token(asset.token()).balanceOf(account) + " of " + asset.token());
    }
    out.println(worth(contracts, account, proof));
    out.println((due.signum() < 0 ? "owes " : "is owed ") + due.abs() + "; initial margin " + leaf.initialMargin()
        + ", maintenance margin " + leaf.maintenanceMargin());
    out.println("not checked: the margins themselves, which take the positions behind them (positionsHash " + leaf.positionsHash() + ")");
  }

  /** A feed without a price leaves the proof as good as it is. */
  private static String worth(Contracts contracts, Address account, ProofFile proof) {
    try {
      Values values = contracts.valuer().values(account, proof.prices().collateral());
      return "worth " + values.atRoot() + " at the root's prices, " + values.live() + " at live ones, after haircuts";
    } catch (CallRefusedException noPrice) {
      return "worth cannot be said now: " + noPrice.revert();
    }
  }
}
