package io.ringfence.service.consent;

import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.margin.Book;
import io.ringfence.margin.MarginException;
import io.ringfence.reserves.Leaf;
import io.ringfence.service.epoch.CutReader;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.margin.MarginMarket;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.margin.MarginSubject;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.margin.StaleQuote;
import io.ringfence.service.margin.Staleness;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Database;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads how an account that wants to withdraw stands, on the chain at one block and in the venue's book. */
final class AccountReader {

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final EpochStore epochs;
  private final MarginModel model;
  private final Staleness staleness;

  AccountReader(Database database, ChainAccess chain, Venue venue, EpochStore epochs, MarginModel model, Staleness staleness) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
    this.epochs = epochs;
    this.model = model;
    this.staleness = staleness;
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
    CollateralTerms atRoot = new CollateralTerms(facts.assets(), root.prices().collateral());
    CollateralTerms live = atRoot.at(then.valuer().prices(venue.id()));
    return new AccountReading(
        head.timestamp(),
        facts.parameters().heartbeat(),
        record,
        tokens,
        tokens.stream().map(token -> then.token(token).balanceOf(request.account())).toList(),
        tokens.stream().map(token -> then.vault().pendingOf(request.account(), token)).toList(),
        atRoot,
        live,
        needed(leaf.initialMargin(), leaf.net(), record),
        requiringNow(record, live, head));
  }

  /**
   * What the trades and prices of this moment require, what is owed included, if certain amounts are left: a root may be older than a new
   * position, and under portfolio margin what leaves may have been a hedge.
   */
  private AccountReading.Requiring requiringNow(AccountRecord record, CollateralTerms live, BlockRef head) {
    return database.inTransaction(sql -> {
      AccountBook account = BookReader.now(sql, venue.id(), venue.house()).get(record.index());
      Book book = account == null ? Book.EMPTY : account.book();
      MarketQuotes quotes = QuoteReader.newest(sql, venue.id(), Instant.ofEpochSecond(head.timestamp()));
      List<StaleQuote> stale = new ArrayList<>(Staleness.gaps(sql, venue.id()));
      stale.addAll(staleness.of(book, quotes));
      if (!stale.isEmpty()) {
        throw conflict("the account's margin is stale, so nothing can be let go: " + stale);
      }
      BigInteger cut = CutReader.ofAccount(sql, venue.id(), record.index());
      return left -> requirement(book, record, new MarginMarket(quotes, live), cut, left);
    });
  }

  private BigInteger requirement(Book book, AccountRecord record, MarginMarket market, BigInteger cut, List<BigInteger> left) {
    try {
      BigInteger net = book.net(market.quotes().snapshot(), market.collateral().settlementDecimals()).units().subtract(cut);
      MarginSubject subject = new MarginSubject(book, left, net.subtract(record.settled()));
      return needed(model.requirement(subject, market).initial(), net, record);
    } catch (MarginException e) {
      throw conflict("the account's positions cannot be valued now: " + e.getMessage());
    }
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
