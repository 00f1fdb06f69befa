package io.ringfence.service.defaulting;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.type.Address;
import io.ringfence.margin.MarginException;
import io.ringfence.service.epoch.AttestationRefusedException;
import io.ringfence.service.margin.CollateralTerms;
import io.ringfence.service.margin.StaleQuote;
import io.ringfence.service.epoch.Quorum;
import io.ringfence.service.epoch.Root;
import io.ringfence.service.epoch.StaleLeaves;
import io.ringfence.service.store.Database;
import io.ringfence.service.store.Entities;
import io.ringfence.service.transaction.Sender;
import io.ringfence.service.venue.Alarms;
import io.ringfence.service.venue.ChainAccess;
import io.ringfence.service.venue.Venue;
import io.ringfence.service.venue.VenueFacts;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One look at every account after a root: calls, ends of calls, defaults, and the next step of each close-out. */
public final class DefaultRound {

  private static final String STALE = "stale margins";

  private final Entities entities;
  private final Database database;
  private final ChainAccess chain;
  private final Venue venue;
  private final Sender sender;
  private final Alarms alarms;
  private final StaleLeaves staleLeaves;
  private final Judge judge;
  private final MarginCaller caller;
  private final CallEnder ender;
  private final DefaultDeclarer declarer;
  private final OwedRefresher refresher;
  private final BookCloser closer;
  private final Reporter reporter;
  private final LossFixer fixer;
  private final LotKeeper keeper;
  private final Resolver resolver;

  /** A round that sends through {@code sender}. */
  public DefaultRound(
      Database database,
      Entities entities,
      ChainAccess chain,
      Venue venue,
      Quorum quorum,
      Sender sender,
      StaleLeaves staleLeaves,
      Alarms alarms) {
    this.database = database;
    this.entities = entities;
    this.chain = chain;
    this.venue = venue;
    this.sender = sender;
    this.alarms = alarms;
    this.staleLeaves = staleLeaves;
    this.judge = new Judge(database, chain, venue);
    this.caller = new MarginCaller(chain.calls());
    this.ender = new CallEnder(chain.calls());
    this.declarer = new DefaultDeclarer(chain.calls());
    this.refresher = new OwedRefresher(chain);
    this.closer = new BookCloser(database, venue);
    this.reporter = new Reporter(chain.calls(), quorum);
    this.fixer = new LossFixer(chain);
    this.keeper = new LotKeeper(chain);
    this.resolver = new Resolver(chain);
  }

  /** Does what is due under {@code root}, which is the newest. Deadlines are on the venue's clock, which stands still in a pause. */
  public void run(Root root) {
    VenueFacts facts = VenueFacts.read(chain, venue.id());
    CollateralTerms live = new CollateralTerms(facts.assets(), chain.contracts().valuer().prices(venue.id()));
    long now = chain.contracts().registry().clock(venue.id());
    List<Judgement> judgements = judge.judge(root, facts);
    List<Judgement> current = current(root, judgements);
    Map<Long, OpenCall> calls = OpenCall.of(entities, venue.id());
    Map<String, Call> due = new LinkedHashMap<>();
    due.putAll(caller.call(root, judgements, calls));
    due.putAll(ender.end(root, judgements, calls, now, facts.parameters().callTtl()));
    due.putAll(declarer.declare(root, current, calls, live, now, facts.parameters().callTtl()));
    due.putAll(refresher.refresh(root, judgements));
    due.putAll(closeOuts(root, facts, live, judgements, now));
    sender.sendAll(due);
  }

  /** Those whose figures were current when the root was made: nobody's collateral is sold on account of an old price. */
  private List<Judgement> current(Root root, List<Judgement> judgements) {
    Map<Long, List<StaleQuote>> stale = database.inTransaction(sql -> staleLeaves.of(sql, root.header().epoch()));
    if (stale.isEmpty()) {
      alarms.clear(STALE);
      return judgements;
    }
    alarms.raise(STALE, new StaleMarginsException(stale));
    return judgements.stream().filter(judgement -> !stale.containsKey(judgement.leaf().index())).toList();
  }

  private Map<String, Call> closeOuts(Root root, VenueFacts facts, CollateralTerms live, List<Judgement> judgements, long now) {
    List<OpenCase> cases = OpenCase.of(entities, venue.id());
    List<OpenLot> lots = OpenLot.of(entities, venue.id());
    Map<Long, Judgement> byIndex = judgements.stream().collect(Collectors.toMap(one -> one.leaf().index(), Function.identity()));
    Map<String, Call> due = new LinkedHashMap<>();
    Instant time = Instant.ofEpochSecond(chain.head().timestamp());
    followFixedLosses(facts, time);
    due.putAll(reports(root, facts, cases, time));
    due.putAll(fixer.fix(root, cases, facts.parameters(), now));
    for (OpenCase open : cases) {
      if (byIndex.containsKey(open.index())) {
        List<OpenLot> own = lots.stream().filter(lot -> lot.index() == open.index()).toList();
        due.putAll(keeper.keep(root, open, byIndex.get(open.index()), own, live, facts, now));
      }
    }
    due.putAll(resolver.resolve(root, cases, lots));
    return due;
  }

  /** Closes the books of new defaulters and reports them. One that cannot be closed yet raises an alarm and does not hold up the others. */
  private Map<String, Call> reports(Root root, VenueFacts facts, List<OpenCase> cases, Instant time) {
    Map<String, Call> due = new LinkedHashMap<>();
    for (OpenCase open : cases) {
      if (open.state().equals("closing-out")) {
        String alarm = alarmOf(open.account());
        try {
          int decimals = facts.settlementAsset().decimals();
          CloseOut closed = closer.close(open.account(), open.index(), decimals, time);
          due.putAll(reporter.report(root, closed, facts.attestors()));
          alarms.clear(alarm);
        } catch (MarginException | IllegalStateException | AttestationRefusedException e) {
          alarms.raise(alarm, e);
        }
      }
    }
    return due;
  }

  /** Where no report came in time, the book follows what the chain fixed. */
  private void followFixedLosses(VenueFacts facts, Instant time) {
    int decimals = facts.settlementAsset().decimals();
    for (UnreportedCase fixed : database.inTransaction(sql -> UnreportedCase.of(sql, venue.id()))) {
      String alarm = alarmOf(fixed.account());
      try {
        closer.closeAsFixed(fixed.account(), fixed.index(), fixed.finalNet(), decimals, time);
        alarms.clear(alarm);
      } catch (MarginException | IllegalStateException e) {
        alarms.raise(alarm, e);
      }
    }
  }

  private static String alarmOf(Address account) {
    return "close-out of " + account;
  }
}
