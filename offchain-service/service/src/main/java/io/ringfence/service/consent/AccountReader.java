package io.ringfence.service.consent;

import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.margin.MarginException;
import io.ringfence.reserves.Leaf;
import io.ringfence.service.epoch.CollateralTerms;
import io.ringfence.service.epoch.CutReader;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.AccountMargin;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.MarginCalculator;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Database;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;

/** Reads how an account that wants to withdraw stands, on the chain at one block and in the venue's book. */
final class AccountReader {

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final EpochStore epochs;
  private final MarginCalculator calculator;

  AccountReader(Database database, ChainAccess chain, Venue venue, EpochStore epochs, MarginCalculator calculator) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
    this.epochs = epochs;
    this.calculator = calculator;
  }

  /**
   * How the account stands.
   *
   * @throws ProblemException if it is in no state to withdraw, or the request names a time or token that does not fit
   */
  AccountReading read(ConsentRequest request) {
    BlockRef head = chain.head();
    Contracts then = chain.contracts().at(BlockTag.at(head.number()));
    AccountRecord record = then.vault().record(request.account());
    if (record.venue() != venue.id()) {
      throw conflict("the account is not pledged to venue " + venue.id() + (record.venue() == 0 ? ": its owner withdraws freely" : ""));
    }
    if (request.deadline() <= head.timestamp()) {
      throw ProblemException.field("deadline", "has passed: the chain's time is " + head.timestamp());
    }
    if (record.status() != AccountStatus.ACTIVE) {
      throw conflict("the account is " + record.status() + "; the venue consents only while it is ACTIVE");
    }
    if (record.onSale()) {
      throw conflict("the account's collateral is on sale for what it owes; the venue consents once that is paid");
    }
    VenueFacts facts = VenueFacts.read(chain, venue.id());
    List<Address> tokens = facts.assets().stream().map(AssetConfig::token).toList();
    if (!tokens.contains(request.token())) {
      throw ProblemException.field("token", "the venue does not accept it as collateral: withdraw it without consent");
    }
    Root root = freshRoot(then, head, facts);
    Leaf leaf = root.leaf(request.account()).filter(found -> found.index() == record.index())
        .orElseThrow(() -> conflict("the account is not in the newest root yet; wait for the next"));
    CollateralTerms atRoot =
        new CollateralTerms(tokens, facts.assets().stream().map(AssetConfig::haircutBps).toList(), root.prices().collateral());
    return new AccountReading(
        head.timestamp(),
        facts.parameters().heartbeat(),
        record,
        tokens,
        tokens.stream().map(token -> then.token(token).balanceOf(request.account())).toList(),
        tokens.stream().map(token -> then.vault().pendingOf(request.account(), token)).toList(),
        atRoot,
        atRoot.at(then.valuer().prices(venue.id())),
        needed(leaf.initialMargin(), leaf.net(), record).max(neededNow(record, facts, head)));
  }

  /** The requirement plus what is owed by the trades and prices of this moment: a root may be older than a new position. */
  private BigInteger neededNow(AccountRecord record, VenueFacts facts, BlockRef head) {
    return database.inTransaction(sql -> {
      AccountBook book = BookReader.now(sql, venue.id(), venue.house()).get(record.index());
      if (book == null) {
        return BigInteger.ZERO;
      }
      try {
        AccountMargin margin = calculator.compute(
            book.book(),
            QuoteReader.newest(sql, venue.id(), Instant.ofEpochSecond(head.timestamp())).snapshot(),
            facts.settlementAsset().decimals());
        return needed(margin.initialMargin(), margin.net().subtract(CutReader.ofAccount(sql, venue.id(), record.index())), record);
      } catch (MarginException e) {
        throw conflict("the account's positions cannot be valued now: " + e.getMessage());
      }
    });
  }

  private static BigInteger needed(BigInteger initialMargin, BigInteger net, AccountRecord record) {
    return initialMargin.add(record.settled().subtract(net).max(BigInteger.ZERO));
  }

  private Root freshRoot(Contracts then, BlockRef head, VenueFacts facts) {
    long newest = then.log().newest(venue.id());
    Root root = epochs.root(newest).orElseThrow(() -> conflict("the venue has no root yet"));
    long snapshotTime = chain.rpc().block(BlockTag.at(root.header().snapshotBlock())).map(BlockRef::timestamp).orElse(0L);
    if (head.timestamp() - snapshotTime > facts.parameters().heartbeat()) {
      throw conflict("the newest root, epoch " + newest + ", is older than the heartbeat; wait for the next");
    }
    return root;
  }

  private static ProblemException conflict(String detail) {
    return ProblemException.of(ProblemKind.CONFLICT, detail);
  }
}
