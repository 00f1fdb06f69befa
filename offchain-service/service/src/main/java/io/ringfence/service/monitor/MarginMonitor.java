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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Computes margins at this moment's prices. Nothing is kept: each answer is of what feeds and ledger have brought when it is asked. */
@Singleton
public class MarginMonitor {

  private final LiveReader reader;
  private final MarginModel model;
  private final BigDecimal mostQuantity;

  MarginMonitor(LiveReader reader, MarginModel model, RingfenceConfig config) {
    this.reader = reader;
    this.model = model;
    this.mostQuantity = config.limits().quantity();
  }

  /** All accounts. One that has no margin is listed with the reason and does not keep the others from theirs. */
  public VenueMargins all() {
    LiveVenue venue = reader.read();
    List<Line> lines = new ArrayList<>();
    List<Optional<MarginFigures>> figures = new ArrayList<>();
    List<Optional<Requirement>> requirements = requirements(venue);
    for (int i = 0; i < venue.accounts().size(); i++) {
      LiveAccount live = venue.accounts().get(i);
      Optional<MarginFigures> own = requirements.get(i)
          .map(requirement -> MarginFigures.of(live.subject(), requirement, venue.market().collateral()));
      figures.add(own);
      lines.add(new Line(live.account().hex(), live.index(), live.status(), own.map(Figures::of).orElse(null), live.stale(),
          own.isPresent() ? null : problem(venue, live)));
    }
    List<MarginFigures> known = figures.stream().flatMap(Optional::stream).toList();
    lines.sort(Comparator.comparing(line -> line.margin() == null ? null : new BigInteger(line.margin().initialExcess()),
        Comparator.nullsFirst(Comparator.naturalOrder())));
    return new VenueMargins(
        venue.block(),
        asOf(venue),
        model.hash().hex(),
        (int) known.stream().filter(one -> one.initialExcess().signum() < 0).count(),
        (int) known.stream().filter(one -> one.maintenanceExcess().signum() < 0).count(),
        (int) venue.accounts().stream().filter(live -> !live.stale().isEmpty()).count(),
        figures.size() - known.size(),
        lines);
  }

  /** Together if all have one, else one by one. */
  private List<Optional<Requirement>> requirements(LiveVenue venue) {
    try {
      return model.requirements(venue.accounts().stream().map(LiveAccount::subject).toList(), venue.market()).stream()
          .map(Optional::of).toList();
    } catch (MarginException e) {
      return venue.accounts().stream().map(live -> requirement(venue, live)).toList();
    }
  }

  private Optional<Requirement> requirement(LiveVenue venue, LiveAccount live) {
    try {
      return Optional.of(model.requirement(live.subject(), venue.market()));
    } catch (MarginException e) {
      return Optional.empty();
    }
  }

  private String problem(LiveVenue venue, LiveAccount live) {
    try {
      model.requirement(live.subject(), venue.market());
      return null;
    } catch (MarginException e) {
      return e.getMessage();
    }
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
        Figures.of(MarginFigures.of(live.subject(), model.requirement(live.subject(), venue.market()), venue.market().collateral())),
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
      MarginFigures before =
          MarginFigures.of(live.subject(), model.requirement(live.subject(), venue.market()), venue.market().collateral());
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
