package io.ringfence.service.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.chain.type.Address;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarginException;
import io.ringfence.service.config.RingfenceConfig;
import io.ringfence.service.margin.MarginModel;
import io.ringfence.service.margin.MarketQuotes;
import io.ringfence.service.margin.Requirement;
import io.ringfence.service.monitor.MarginViews.AccountMarginView;
import io.ringfence.service.monitor.MarginViews.Figures;
import io.ringfence.service.monitor.MarginViews.Line;
import io.ringfence.service.monitor.MarginViews.Power;
import io.ringfence.service.monitor.MarginViews.VenueMargins;
import io.ringfence.service.monitor.MarginViews.WhatIfView;
import io.ringfence.service.problem.ProblemException;
import io.ringfence.service.problem.ProblemKind;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Computes margins at this moment's prices. Nothing is kept: each answer is of what feeds and ledger have brought when it is asked. */
@Singleton
public class MarginMonitor {

  private static final Comparator<Computed> SHORTEST_FIRST = Comparator.comparing(
      one -> one.figures() == null ? null : one.figures().initialExcess(), Comparator.nullsFirst(Comparator.naturalOrder()));

  private final LiveReader reader;
  private final MarginModel model;
  private final BigDecimal mostQuantity;

  MarginMonitor(LiveReader reader, MarginModel model, RingfenceConfig config) {
    this.reader = reader;
    this.model = model;
    this.mostQuantity = config.limits().quantity();
  }

  /** The bytes behind {@code modelHash}. */
  public byte[] parameters() {
    return model.parameters();
  }

  /** All accounts. One that has no margin is listed with the reason and does not keep the others from theirs. */
  public VenueMargins all() {
    LiveVenue venue = reader.read();
    List<Computed> computed = compute(venue);
    List<MarginFigures> figures = computed.stream().map(Computed::figures).filter(Objects::nonNull).toList();
    return new VenueMargins(
        venue.block(),
        asOf(venue),
        model.hash().hex(),
        count(figures, MarginFigures::initialExcess),
        count(figures, MarginFigures::maintenanceExcess),
        (int) venue.accounts().stream().filter(live -> !live.stale().isEmpty()).count(),
        computed.size() - figures.size(),
        computed.stream().sorted(SHORTEST_FIRST).map(Computed::line).toList());
  }

  private static int count(List<MarginFigures> figures, Function<MarginFigures, BigInteger> excess) {
    return (int) figures.stream().filter(one -> excess.apply(one).signum() < 0).count();
  }

  /** An account with its figures, or with the reason why it has none. */
  private record Computed(LiveAccount live, MarginFigures figures, String problem) {

    Line line() {
      return new Line(
          live.account().hex(), live.index(), live.status(), figures == null ? null : Figures.of(figures), live.stale(), problem);
    }
  }

  /** Together if all have a margin, else one by one. */
  private List<Computed> compute(LiveVenue venue) {
    List<LiveAccount> accounts = venue.accounts();
    try {
      List<Requirement> requirements = model.requirements(accounts.stream().map(LiveAccount::subject).toList(), venue.market());
      return IntStream.range(0, accounts.size())
          .mapToObj(i -> new Computed(accounts.get(i), figures(venue, accounts.get(i), requirements.get(i)), null))
          .toList();
    } catch (MarginException e) {
      return accounts.stream().map(live -> compute(venue, live)).toList();
    }
  }

  private Computed compute(LiveVenue venue, LiveAccount live) {
    try {
      return new Computed(live, figures(venue, live, model.requirement(live.subject(), venue.market())), null);
    } catch (MarginException e) {
      return new Computed(live, null, e.getMessage());
    }
  }

  private static MarginFigures figures(LiveVenue venue, LiveAccount live, Requirement requirement) {
    return MarginFigures.of(live.subject(), requirement, venue.market().collateral());
  }

  /**
   * One account with its breakdown, and what it could still take on: of each perpetual that is quoted, or of {@code instrument} if named.
   *
   * @throws ProblemException 404 if it is not pledged here, 409 if it has no margin, 422 if the instrument is not quoted
   */
  public AccountMarginView account(Address account, Optional<Instrument> instrument) {
    LiveVenue venue = reader.read();
    LiveAccount live = find(venue, account);
    return computed(() -> new AccountMarginView(
        account.hex(),
        live.index(),
        live.status(),
        venue.block(),
        asOf(venue),
        model.hash().hex(),
        live.net().toString(),
        live.settled().toString(),
        Figures.of(figures(venue, live, model.requirement(live.subject(), venue.market()))),
        live.stale(),
        powers(venue, live, instrument),
        breakdown(venue, live)));
  }

  private JsonNode breakdown(LiveVenue venue, LiveAccount live) {
    return BreakdownJson.of(model.breakdown(live.subject(), venue.market()));
  }

  private List<Power> powers(LiveVenue venue, LiveAccount live, Optional<Instrument> instrument) {
    List<MarketQuotes.Quote> quotes = venue.market().quotes().quotes().stream()
        .filter(quote -> quote.kind() == MarketQuotes.Kind.MARK)
        .filter(quote -> instrument.map(wanted -> wanted.name().equals(quote.instrument())).orElse(quote.instrument().endsWith("-PERP")))
        .toList();
    if (instrument.isPresent() && quotes.isEmpty()) {
      throw ProblemException.field("instrument", instrument.get().name() + " has no mark");
    }
    BuyingPower power = new BuyingPower(model, venue.market(), mostQuantity);
    int decimals = venue.market().collateral().settlementDecimals();
    return quotes.stream().map(quote -> {
      Instrument of = Instrument.parse(quote.instrument());
      BigDecimal buy = power.of(live.subject(), of, quote.price(), 1);
      BigDecimal sell = power.of(live.subject(), of, quote.price(), -1);
      return new Power(of.name(), quote.price().toPlainString(), buy.toPlainString(), notional(buy, quote.price(), decimals),
          sell.toPlainString(), notional(sell, quote.price(), decimals));
    }).toList();
  }

  private static String notional(BigDecimal quantity, BigDecimal price, int decimals) {
    return quantity.multiply(price).movePointRight(decimals).setScale(0, RoundingMode.DOWN).toPlainString();
  }

  /**
   * The account as it would stand after trades and movements.
   *
   * @throws ProblemException as {@link #account}; 422 naming the field of what cannot be
   */
  public WhatIfView whatIf(Address account, JsonNode body) {
    LiveVenue venue = reader.read();
    LiveAccount live = find(venue, account);
    WhatIf change = WhatIfReader.read(body, live.subject(), venue.market());
    return computed(() -> {
      var then = change.applied(live.subject(), venue.market());
      MarginFigures before = figures(venue, live, model.requirement(live.subject(), venue.market()));
      MarginFigures after = MarginFigures.of(then, model.requirement(then, venue.market()), venue.market().collateral());
      return new WhatIfView(
          account.hex(),
          venue.block(),
          asOf(venue),
          after.initialExcess().signum() >= 0,
          Figures.of(before),
          Figures.of(after),
          reader.stale(then.book(), venue.market().quotes()),
          BreakdownJson.of(model.breakdown(then, venue.market())));
    });
  }

  private static LiveAccount find(LiveVenue venue, Address account) {
    return venue.find(account).orElseThrow(
        () -> ProblemException.of(ProblemKind.NOT_FOUND, account + " is not pledged to the venue, as far as the ledger has come"));
  }

  private static String asOf(LiveVenue venue) {
    return venue.market().quotes().asOf().toString();
  }

  private static <T> T computed(Supplier<T> computation) {
    try {
      return computation.get();
    } catch (MarginException e) {
      throw ProblemException.of(ProblemKind.CONFLICT, "the account has no margin now: " + e.getMessage());
    }
  }
}
