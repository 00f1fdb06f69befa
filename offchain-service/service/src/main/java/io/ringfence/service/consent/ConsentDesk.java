package io.ringfence.service.consent;

import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.sign.Eip712;
import io.ringfence.chain.type.AccountRecord;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.margin.MarginException;
import io.ringfence.reserves.Leaf;
import io.ringfence.service.access.WalletSignatures;
import io.ringfence.service.epoch.CollateralTerms;
import io.ringfence.service.epoch.CutReader;
import io.ringfence.service.epoch.EpochStore;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.margin.AccountBook;
import io.ringfence.service.margin.AccountMargin;
import io.ringfence.service.margin.BookReader;
import io.ringfence.service.margin.MarginCalculator;
import io.ringfence.service.margin.QuoteReader;
import io.ringfence.service.problem.Problem;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Sql;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import io.ringfence.service.venue.VenueKeys;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Consents to withdrawals that leave enough: what remains, at the lower of the newest fresh root's and live prices, with outstanding
 * consents and waiting requests counted as gone, covers the requirement plus what is owed, both under that root and by today's trades.
 */
@Singleton
public class ConsentDesk {

  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final VenueKeys keys;
  private final WalletSignatures wallets;
  private final EpochStore epochs;
  private final MarginCalculator calculator;
  private final ConsentStore store;

  ConsentDesk(
      Database database,
      ChainAccess chain,
      Venue venue,
      VenueKeys keys,
      WalletSignatures wallets,
      EpochStore epochs,
      MarginCalculator calculator) {
    this.database = database;
    this.chain = chain;
    this.venue = venue;
    this.keys = keys;
    this.wallets = wallets;
    this.epochs = epochs;
    this.calculator = calculator;
    this.store = new ConsentStore(venue);
  }

  /** A consent: its nonce, until when it can be used (chain seconds), and the venue's signature. */
  public record Granted(long nonce, long deadline, Data venueSignature) {}

  /** One moment of the chain: everything is read at this block. */
  private record Moment(BlockRef block, Contracts contracts, VenueFacts facts, AccountRecord record) {}

  /**
   * Consents, or refuses with the figures.
   *
   * @throws ProblemException 409 with {@code value}, {@code required} and {@code pending} if too little would remain; other problems if the
   *     account, the request or its signature do not allow it
   */
  Granted consent(ConsentRequest request) {
    requireOwner(request);
    return database.inTransaction(sql -> {
      sql.row("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", "consent:" + request.account().hex());
      Optional<Granted> before = store.answered(sql, request);
      return before.isPresent() ? before.get() : decide(sql, request);
    });
  }

  private Granted decide(Sql sql, ConsentRequest request) {
    Moment now = moment(request.account());
    if (request.deadline() <= now.block().timestamp()) {
      throw ProblemException.field("deadline", "has passed: the chain's time is " + now.block().timestamp());
    }
    if (now.record().status() != AccountStatus.ACTIVE) {
      throw conflict("the account is " + now.record().status() + "; the venue consents only while it is ACTIVE");
    }
    int asset = now.facts().assets().stream().map(AssetConfig::token).toList().indexOf(request.token());
    if (asset < 0) {
      throw ProblemException.field("token", "the venue does not accept it as collateral: withdraw it without consent");
    }
    requireEnoughLeft(sql, request, now, asset);
    long deadline = Math.min(request.deadline(), now.block().timestamp() + now.facts().parameters().heartbeat());
    Consent consent = new Consent(
        request.account(),
        venue.id(),
        now.record().index(),
        request.token(),
        request.amount(),
        request.to(),
        now.record().consentNonce(),
        deadline);
    Granted granted = new Granted(consent.nonce(), deadline, keys.venue().sign(domain().consent(consent)));
    store.keep(sql, request, consent, granted);
    return granted;
  }

  private void requireEnoughLeft(Sql sql, ConsentRequest request, Moment now, int asset) {
    Root root = freshRoot(sql, now);
    Leaf leaf = root.leaf(request.account()).filter(found -> found.index() == now.record().index())
        .orElseThrow(() -> conflict("the account is not in the newest root yet; wait for the next"));
    List<BigInteger> left = new ArrayList<>();
    List<BigInteger> pending = new ArrayList<>();
    for (AssetConfig config : now.facts().assets()) {
      BigInteger balance = now.contracts().token(config.token()).balanceOf(request.account());
      BigInteger waiting = now.contracts().vault().pendingOf(request.account(), config.token()).add(store.outstanding(
          sql, request.account(), now.record(), config.token(), now.block().timestamp()));
      pending.add(waiting);
      left.add(balance.subtract(waiting));
    }
    left.set(asset, left.get(asset).subtract(request.amount()));
    CollateralTerms atRoot = new CollateralTerms(
        now.facts().assets().stream().map(AssetConfig::token).toList(),
        now.facts().assets().stream().map(AssetConfig::haircutBps).toList(),
        root.prices().collateral());
    boolean enough = left.get(asset).signum() >= 0;
    List<BigInteger> counted = left.stream().map(amount -> amount.max(BigInteger.ZERO)).toList();
    CollateralTerms live = atRoot.at(now.contracts().valuer().prices(venue.id()));
    BigInteger value = atRoot.value(counted).min(live.value(counted));
    BigInteger required = needed(leaf.initialMargin(), leaf.net(), now.record()).max(neededNow(sql, now));
    if (!enough || value.compareTo(required) < 0) {
      throw new ProblemException(Problem.of(ProblemKind.CONFLICT, (enough ? "too little would remain" : "the account holds less than that")
              + ": value " + value + ", required " + required + " settlement units")
          .with("value", value.toString())
          .with("required", required.toString())
          .with("pending", pending.stream().map(BigInteger::toString).toList()));
    }
  }

  /** The requirement plus what is owed by the trades and prices of this moment: a root may be older than a new position. */
  private BigInteger neededNow(Sql sql, Moment now) {
    AccountBook book = BookReader.now(sql, venue.id(), venue.house()).get(now.record().index());
    if (book == null) {
      return BigInteger.ZERO;
    }
    try {
      AccountMargin margin = calculator.compute(
          book.book(),
          QuoteReader.newest(sql, venue.id(), Instant.ofEpochSecond(now.block().timestamp())).snapshot(),
          now.facts().settlementAsset().decimals());
      BigInteger net = margin.net().subtract(CutReader.ofAccount(sql, venue.id(), now.record().index()));
      return needed(margin.initialMargin(), net, now.record());
    } catch (MarginException e) {
      throw conflict("the account's positions cannot be valued now: " + e.getMessage());
    }
  }

  private static BigInteger needed(BigInteger initialMargin, BigInteger net, AccountRecord record) {
    return initialMargin.add(record.settled().subtract(net).max(BigInteger.ZERO));
  }

  private Root freshRoot(Sql sql, Moment now) {
    long newest = now.contracts().log().newest(venue.id());
    Root root = epochs.root(sql, newest).orElseThrow(() -> conflict("the venue has no root yet"));
    long snapshotTime = chain.rpc().block(BlockTag.at(root.header().snapshotBlock())).map(BlockRef::timestamp).orElse(0L);
    if (now.block().timestamp() - snapshotTime > now.facts().parameters().heartbeat()) {
      throw conflict("the newest root, epoch " + newest + ", is older than the heartbeat; wait for the next");
    }
    return root;
  }

  private Moment moment(Address account) {
    BlockRef head = chain.head();
    Contracts then = chain.contracts().at(BlockTag.at(head.number()));
    AccountRecord record = then.vault().record(account);
    if (record.venue() != venue.id()) {
      throw conflict("the account is not pledged to venue " + venue.id() + (record.venue() == 0 ? ": its owner withdraws freely" : ""));
    }
    return new Moment(head, then, VenueFacts.read(chain, venue.id()), record);
  }

  private void requireOwner(ConsentRequest request) {
    Address owner;
    try {
      owner = chain.contracts().vault().ownerOf(request.account());
    } catch (CallRefusedException e) {
      throw ProblemException.of(ProblemKind.NOT_FOUND, "no account has been opened at " + request.account());
    }
    var digest = domain().consentRequest(
        request.account(), request.token(), request.amount(), request.to(), request.id(), request.deadline());
    if (!wallets.signed(owner, digest, request.ownerSignature())) {
      throw ProblemException.of(ProblemKind.NOT_ALLOWED, "ownerSignature is not of this request by " + owner + ", the account's owner");
    }
  }

  private Eip712 domain() {
    return new Eip712(chain.deployment().chainId(), chain.deployment().contracts().vault());
  }

  private static ProblemException conflict(String detail) {
    return ProblemException.of(ProblemKind.CONFLICT, detail);
  }
}
