package io.ringfence.demo.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.demo.market.MarketStep;
import io.ringfence.demo.market.MarketTape;
import io.ringfence.demo.market.Quote;
import io.ringfence.margin.Book;
import io.ringfence.margin.Fill;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.MarginResult;
import io.ringfence.margin.MarketSnapshot;
import io.ringfence.margin.StandardMargin;
import io.ringfence.margin.StandardMarginParameters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Plays the story on paper: nobody reacts, nothing is settled. Who is short of initial margin at which step decides what can happen on the
 * chain.
 */
class RehearsalTest {

  /** Cure window and minimum cure of the demonstration's venue, steps. */
  private static final int CURE = 2;

  private static final BigDecimal WBTC_KEPT = new BigDecimal("0.92");
  private static final BigDecimal WETH_KEPT = new BigDecimal("0.90");

  private final Scenario scenario = Scenario.load();
  private final MarketTape tape = MarketTape.load();
  private final StandardMargin margin = new StandardMargin(StandardMarginParameters.standard());
  private final Map<String, List<Standing>> standings = new TreeMap<>();

  RehearsalTest() {
    Map<String, List<Fill>> fills = new LinkedHashMap<>();
    scenario.clients().forEach(client -> fills.put(client.name(), new ArrayList<>()));
    for (MarketStep step : tape.steps()) {
      for (Trade trade : scenario.tradesAt(step.number())) {
        Instrument instrument = Instrument.parse(trade.instrument());
        Fill bought = new Fill(instrument, trade.quantity(), step.mark(trade.instrument()).price(), BigDecimal.ZERO);
        fills.get(trade.buyer()).add(bought);
        fills.get(trade.seller()).add(bought.counterFill(BigDecimal.ZERO));
      }
      MarketSnapshot market = snapshot(step);
      for (Client client : scenario.clients()) {
        Book book = Book.of(fills.get(client.name()));
        MarginResult result = margin.compute(book.positions(), market);
        Standing standing = new Standing(
            value(client, step), book.net(market, 6).units(), result.leafInitial(6).units(), result.leafMaintenance(6).units());
        standings.computeIfAbsent(client.name(), name -> new ArrayList<>()).add(standing);
      }
    }
  }

  /** Settlement units. */
  private record Standing(BigInteger value, BigInteger net, BigInteger initial, BigInteger maintenance) {
    boolean isShort() {
      return equity().compareTo(initial) < 0;
    }

    BigInteger equity() {
      return value.add(net);
    }
  }

  @Test
  void everybodyStartsWithinItsMargin() {
    standings.forEach((name, steps) -> assertThat(steps.subList(0, 17)).as(name).noneMatch(Standing::isShort));
  }

  @Test
  void theSteadyAreNeverInDefault() {
    for (Client client : scenario.clients()) {
      if (client.role() == Role.STEADY || client.role() == Role.HOUSE) {
        assertThat(longestShortness(client)).as(client.name()).isLessThanOrEqualTo(CURE);
      }
    }
  }

  @Test
  void defaultersStayShortPastTheCureAndKeepASurplus() {
    for (Client client : scenario.inRole(Role.DEFAULTS)) {
      assertThat(longestShortness(client)).as(client.name()).isGreaterThan(CURE + 1);
      assertThat(standings.get(client.name())).as(client.name()).allMatch(standing -> standing.equity().signum() > 0);
    }
  }

  @Test
  void thoseWhoTopUpAreCalledFirst() {
    assertThat(scenario.inRole(Role.TOPS_UP)).hasSize(2).allMatch(client -> longestShortness(client) > 0);
  }

  @Test
  void theOverextendedLosesMoreThanItHasAndMoreThanTheVenuesTranche() {
    Client client = scenario.inRole(Role.LOSES_MORE).getFirst();
    Standing low = standings.get(client.name()).get(22);
    assertThat(standings.get(client.name()).get(20).isShort()).isTrue();
    assertThat(low.equity().negate()).isGreaterThan(units(Funding.VENUE_TRANCHE));
    BigDecimal members = Funding.MEMBERS.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(low.equity().negate()).isLessThan(units(Funding.VENUE_TRANCHE.add(members)));
  }

  @Test
  void thereAreThirtyClientsOfThreeKindsAndTheFundIsOnePercent() {
    assertThat(scenario.clients()).hasSizeGreaterThanOrEqualTo(31);
    assertThat(scenario.clients().stream().map(Client::name)).doesNotHaveDuplicates();
    assertThat(scenario.clients())
        .anyMatch(client -> client.kind() == OwnerKind.CONTRACT_WALLET)
        .anyMatch(client -> client.number().signum() > 0);
    MarketStep first = tape.steps().getFirst();
    BigDecimal total = scenario.clients().stream()
        .map(client -> worth(client, first, BigDecimal.ONE, BigDecimal.ONE))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(Funding.VENUE_TRANCHE).isGreaterThanOrEqualTo(total.multiply(new BigDecimal("0.01")));
  }

  @Test
  void everyTradeIsMatchedBetweenKnownClients() {
    for (Trade trade : scenario.trades()) {
      assertThat(scenario.client(trade.buyer())).isNotEqualTo(scenario.client(trade.seller()));
      assertThat(tape.steps().get(trade.step()).mark(trade.instrument()).price()).isPositive();
    }
    for (int step = 0; step < tape.steps().size(); step++) {
      int at = step;
      BigInteger sum = standings.values().stream().map(list -> list.get(at).net()).reduce(BigInteger.ZERO, BigInteger::add);
      assertThat(sum).isBetween(BigInteger.valueOf(-scenario.clients().size()), BigInteger.ZERO);
    }
  }

  private int longestShortness(Client client) {
    int longest = 0;
    int run = 0;
    for (Standing standing : standings.get(client.name())) {
      run = standing.isShort() ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static BigInteger value(Client client, MarketStep step) {
    return units(worth(client, step, WBTC_KEPT, WETH_KEPT));
  }

  private static BigDecimal worth(Client client, MarketStep step, BigDecimal wbtcKept, BigDecimal wethKept) {
    Map<String, BigDecimal> held = client.collateral();
    return held.getOrDefault("USDC", BigDecimal.ZERO)
        .add(held.getOrDefault("WBTC", BigDecimal.ZERO).multiply(step.spot("BTC").price()).multiply(wbtcKept))
        .add(held.getOrDefault("WETH", BigDecimal.ZERO).multiply(step.spot("ETH").price()).multiply(wethKept));
  }

  private static BigInteger units(BigDecimal dollars) {
    return dollars.movePointRight(6).toBigInteger();
  }

  private static MarketSnapshot snapshot(MarketStep step) {
    MarketSnapshot.Builder market = MarketSnapshot.at(step.time());
    for (Quote spot : step.spots()) {
      market.spot(spot.instrument(), spot.price(), spot.time());
      market.mark(Instrument.parse(spot.instrument() + MarketTape.PERPETUAL), spot.price(), spot.time());
    }
    step.options().forEach(option -> market.mark(Instrument.parse(option.instrument()), option.price(), option.time()));
    return market.build();
  }
}
