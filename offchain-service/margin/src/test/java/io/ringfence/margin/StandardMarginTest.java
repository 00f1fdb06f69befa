package io.ringfence.margin;

import static io.ringfence.margin.Samples.NOW;
import static io.ringfence.margin.Samples.OCTOBER;
import static io.ringfence.margin.Samples.call;
import static io.ringfence.margin.Samples.dec;
import static io.ringfence.margin.Samples.ethAt1500;
import static io.ringfence.margin.Samples.position;
import static io.ringfence.margin.Samples.put;
import static io.ringfence.margin.Samples.unbuffered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.margin.StandardMarginParameters.LinearTier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardMarginTest {

  private final StandardMargin margin = new StandardMargin(unbuffered());
  private final StandardMargin buffered = new StandardMargin(StandardMarginParameters.standard());

  @ParameterizedTest
  @CsvSource({
      "ETH-20251031-1400-C, 325, 212.5",
      "ETH-20251031-1600-C, 150, 112.5",
      "ETH-20251031-1600-P, 325, 212.5",
      "ETH-20251031-1400-P, 150, 112.5"})
  void oneShortOptionAtSpot1500(String name, String initial, String maintenance) {
    Instrument option = Instrument.parse(name);
    MarginResult result = margin.compute(List.of(position(option, "-1")), ethAt1500(option));
    assertThat(result.initial()).isEqualByComparingTo(initial);
    assertThat(result.maintenance()).isEqualByComparingTo(maintenance);
    assertThat(result.expiries()).singleElement()
        .satisfies(expiry -> assertThat(expiry.initial().binding()).isEqualTo(ExpiryRequirement.Binding.ISOLATED));
  }

  @Test
  void initialRateFallsByWhatTheOptionIsOutOfTheMoneyDownToTheFloor() {
    assertThat(initialOf(call(1450))).isEqualByComparingTo("275");
    assertThat(initialOf(call(1500))).isEqualByComparingTo("225");
    MarketSnapshot market = MarketSnapshot.at(NOW).spot("ETH", dec("1500"), NOW).mark(put(1450), BigDecimal.ZERO, NOW).build();
    assertThat(margin.compute(List.of(position(put(1450), "-2")), market).initial()).isEqualByComparingTo("350");
  }

  @Test
  void dearPutIsMaintainedByItsMarkAndThatBoundsTheInitialRequirement() {
    EuropeanOption deep = put(9000);
    MarketSnapshot market = MarketSnapshot.at(NOW).spot("ETH", dec("1500"), NOW).mark(deep, dec("7500"), NOW).build();
    MarginResult result = margin.compute(List.of(position(deep, "-1")), market);
    assertThat(result.maintenance()).isEqualByComparingTo("8062.5");
    assertThat(result.initial()).isEqualByComparingTo("8062.5");
  }

  @Test
  void spreadCostsItsMaximumLossWhenThatIsLess() {
    MarginResult result = margin.compute(List.of(position(call(1500), "-1"), position(call(1600), "1")), ethAt1500(call(1500)));
    assertThat(result.initial()).isEqualByComparingTo("100");
    assertThat(result.maintenance()).isEqualByComparingTo("100");
    ExpiryRequirement expiry = result.expiries().getFirst();
    assertThat(expiry.initial().isolated()).isEqualByComparingTo("225");
    assertThat(expiry.initial().binding()).isEqualTo(ExpiryRequirement.Binding.MAXIMUM_LOSS);
  }

  @Test
  void maximumLossLooksAtZeroToo() {
    List<Position> positions = List.of(position(put(1400), "-1"), position(put(1200), "1"), position(put(100), "-1"));
    MarginResult result = margin.compute(positions, ethAt1500(put(1400), put(100)));
    assertThat(result.expiries().getFirst().initial().maximumLoss()).isEqualByComparingTo("300");
    assertThat(result.initial()).isEqualByComparingTo("300");
  }

  @Test
  void unpairedShortCallsAreChargedARateOfTheForward() {
    MarketSnapshot market = MarketSnapshot.at(NOW)
        .spot("ETH", dec("1500"), NOW).forward("ETH", OCTOBER, dec("1000"), NOW).mark(call(1400), dec("100"), NOW).build();
    List<Position> positions = List.of(position(call(1400), "-3"), position(call(1600), "1"));
    ExpiryRequirement expiry = margin.compute(positions, market).expiries().getFirst();
    assertThat(expiry.initial().maximumLoss()).isEqualByComparingTo("3000");
    assertThat(expiry.maintenance().maximumLoss()).isEqualByComparingTo("2800");
    assertThat(expiry.initial().isolated()).isEqualByComparingTo("975");
  }

  @Test
  void forwardIsTheSpotWhereNoneIsQuoted() {
    ExpiryRequirement expiry = margin.compute(List.of(position(call(1400), "-1")), ethAt1500(call(1400))).expiries().getFirst();
    assertThat(expiry.initial().maximumLoss()).isEqualByComparingTo("1800");
  }

  @Test
  void longCallFarAboveDoesNotRaiseTheMaximumLoss() {
    MarketSnapshot market = MarketSnapshot.at(NOW).spot("ETH", dec("50"), NOW)
        .mark(call(2000), BigDecimal.ZERO, NOW).mark(put(1000), dec("950"), NOW).build();
    List<Position> without = List.of(position(call(2000), "-1"), position(put(1000), "-1"), position(put(900), "1"));
    List<Position> with =
        List.of(position(call(2000), "-1"), position(put(1000), "-1"), position(put(900), "1"), position(call(9000), "1"));
    assertThat(margin.compute(without, market).initial()).isEqualByComparingTo("160");
    assertThat(margin.compute(with, market).initial()).isEqualByComparingTo("160");
  }

  @Test
  void expiriesDoNotHedgeEachOther() {
    EuropeanOption later = new EuropeanOption("ETH", Samples.NOVEMBER, dec("1600"), EuropeanOption.Right.CALL);
    MarginResult result = margin.compute(List.of(position(call(1500), "-1"), position(later, "1")), ethAt1500(call(1500)));
    assertThat(result.initial()).isEqualByComparingTo("225");
    assertThat(result.expiries()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"1, 202500", "-1, 202500", "0.1, 7500", "0.5, 77500", "0.2, 25000", "2, 452500"})
  void notionalIsTieredBySlices(String quantity, String initial) {
    StandardMarginParameters tiers = unbuffered().withLinear("BTC", List.of(
        new LinearTier(dec("0"), dec("0.0075"), dec("0.005")),
        new LinearTier(dec("1000000"), dec("0.0175"), dec("0.01")),
        new LinearTier(dec("5000000"), dec("0.025"), dec("0.015"))));
    Perpetual perpetual = new Perpetual("BTC");
    MarketSnapshot market = MarketSnapshot.at(NOW).mark(perpetual, dec("10000000"), NOW).build();
    MarginResult result = new StandardMargin(tiers).compute(List.of(position(perpetual, quantity)), market);
    assertThat(result.initial()).isEqualByComparingTo(initial);
    LinearRequirement linear = result.linear().getFirst();
    assertThat(linear.slices().stream().map(LinearRequirement.Slice::amount).reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(linear.notional());
  }

  @Test
  void perpetualAndFutureAreChargedEach() {
    DatedFuture future = new DatedFuture("ETH", OCTOBER);
    Perpetual perpetual = new Perpetual("ETH");
    MarginResult result =
        margin.compute(List.of(position(future, "-1"), position(perpetual, "2")), ethAt1500(future, perpetual));
    assertThat(result.initial()).isEqualByComparingTo("450");
    assertThat(result.maintenance()).isEqualByComparingTo("225");
  }

  @Test
  void bufferRaisesTheRiskPartOfTheInitialRequirementOnly() {
    Perpetual perpetual = new Perpetual("ETH");
    List<Position> positions = List.of(position(call(1400), "-1"), position(perpetual, "1"));
    MarginResult result = buffered.compute(positions, ethAt1500(call(1400), perpetual));
    assertThat(result.initial()).isEqualByComparingTo("568.75");
    assertThat(result.bufferAmount()).isEqualByComparingTo("93.75");
    assertThat(result.bufferFactor()).isEqualByComparingTo("1.25");
    assertThat(result.maintenance()).isEqualByComparingTo("287.5");
  }

  @Test
  void bufferDoesNotChargeMoreThanAPairedSpreadCanLose() {
    MarginResult result = buffered.compute(List.of(position(call(1500), "-1"), position(call(1600), "1")), ethAt1500(call(1500)));
    assertThat(result.initial()).isEqualByComparingTo("100");
    assertThat(result.bufferAmount()).isZero();
  }

  @Test
  void bufferRaisesTheChargeForUnpairedShortCalls() {
    MarginResult result = buffered.compute(List.of(position(call(1400), "-1")), ethAt1500(call(1400)));
    assertThat(result.expiries().getFirst().initialUnbuffered().maximumLoss()).isEqualByComparingTo("1800");
    assertThat(result.expiries().getFirst().initial().maximumLoss()).isEqualByComparingTo("2250");
    assertThat(result.expiries().getFirst().maintenance().maximumLoss()).isEqualByComparingTo("1650");
  }

  @Test
  void maximumLossCountsEveryCallAtTheTopWhateverTheOrderOfTheOptions() {
    Map<Instrument, BigDecimal> quantities = Map.of(put(1500), dec("-1"), call(1500), dec("-1"));
    for (List<EuropeanOption> order : List.of(List.of(put(1500), call(1500)), List.of(call(1500), put(1500)))) {
      assertThat(MaximumLoss.of(order, quantities, dec("1500")).at(dec("1.2"))).isEqualByComparingTo("3300");
    }
  }

  @Test
  void nothingRequiresNothing() {
    assertThat(margin.compute(List.of(), ethAt1500()).initial()).isZero();
    assertThat(margin.compute(List.of(position(new Perpetual("DOGE"), "0")), ethAt1500()).maintenance()).isZero();
    MarginResult longOnly = buffered.compute(List.of(position(call(1400), "5"), position(put(1600), "5")), ethAt1500());
    assertThat(longOnly.initial()).isZero();
    assertThat(longOnly.maintenance()).isZero();
  }

  @Test
  void quantitiesInOneInstrumentAreNetted() {
    List<Position> closed = List.of(position(call(1400), "-1"), position(call(1400), "0.4"), position(call(1400), "0.6"));
    MarginResult result = margin.compute(closed, ethAt1500());
    assertThat(result.initial()).isZero();
    assertThat(result.expiries()).isEmpty();
  }

  @Test
  void hugeQuantityHasARequirementThatALeafRefusesByName() {
    MarginResult result = margin.compute(List.of(position(call(1400), "-1e18")), ethAt1500(call(1400)));
    assertThat(result.initial()).isEqualByComparingTo("325e18");
    assertThat(result.leafInitial(6).units()).isEqualTo("325000000000000000000000000");
    assertThatThrownBy(() -> result.leafInitial(18)).isInstanceOf(LeafOverflowException.class).hasMessageContaining("96");
  }

  @Test
  void missingPricesAreNamed() {
    assertThatThrownBy(() -> margin.compute(List.of(position(call(1400), "-1")), ethAt1500()))
        .isInstanceOf(MissingMarkException.class).hasMessageContaining("price for ETH-20251031-1400-C");
    assertThatThrownBy(() -> margin.compute(List.of(position(new Perpetual("ETH"), "1")), ethAt1500()))
        .isInstanceOfSatisfying(MissingMarkException.class, e -> assertThat(e.instrumentName()).isEqualTo("ETH-PERP"));
    Instrument unknown = Instrument.parse("DOGE-20251031-1-C");
    assertThatThrownBy(() -> margin.compute(List.of(position(unknown, "1")), ethAt1500()))
        .isInstanceOf(MissingMarkException.class).hasMessageContaining("spot of DOGE");
  }

  @Test
  void expiredInstrumentsAreRefused() {
    Instant expiry = Instant.parse("2025-10-31T08:00:00Z");
    MarketSnapshot before = MarketSnapshot.at(expiry.minusNanos(1)).spot("ETH", dec("1500"), NOW).build();
    MarketSnapshot at = MarketSnapshot.at(expiry).spot("ETH", dec("1500"), NOW).build();
    List<Position> positions = List.of(position(call(1400), "1"));
    assertThat(margin.compute(positions, before).initial()).isZero();
    assertThatThrownBy(() -> margin.compute(positions, at))
        .isInstanceOf(ExpiredInstrumentException.class).hasMessageContaining("ETH-20251031-1400-C").hasMessageContaining("settle");
  }

  private BigDecimal initialOf(EuropeanOption option) {
    return margin.compute(List.of(position(option, "-1")), ethAt1500(option)).initial();
  }
}
