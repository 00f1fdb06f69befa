package io.ringfence.service.margin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.margin.Book;
import io.ringfence.margin.Fill;
import io.ringfence.margin.Instrument;
import io.ringfence.margin.LeafRequirement;
import io.ringfence.margin.MarginException;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginResult;
import io.ringfence.service.margin.MarketQuotes.Kind;
import io.ringfence.service.margin.MarketQuotes.Quote;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortfolioModelTest {

  private static final Instant NOW = Instant.parse("2025-10-10T12:00:00Z");
  private static final Address USDC = address(1);
  private static final Address WETH = address(2);
  private static final Address ODD = address(3);
  private static final BigInteger E18 = BigInteger.TEN.pow(18);
  private static final List<String> OPTIONS = List.of(
      "BTC-20251031-55000-P", "BTC-20251031-60000-C", "BTC-20251226-70000-C", "ETH-20251031-3000-C", "ETH-20251226-2500-P");

  private static final List<String> INSTRUMENTS = Stream.concat(
      Stream.of("BTC-PERP", "ETH-PERP", "BTC-20251031", "BTC-20260327", "ETH-20251226"), OPTIONS.stream()).toList();

  private final PortfolioModel model = new PortfolioModel(PortfolioGrids.standard(), Map.of(USDC, "USDC", WETH, "ETH", ODD, "ODD"));
  private final MarginMarket market = market(quotes());

  private static Address address(int number) {
    return new Address("0x%040x".formatted(number));
  }

  private static List<Quote> quotes() {
    List<Quote> quotes = new ArrayList<>(List.of(
        quote(Kind.SPOT, "BTC", "60000"), quote(Kind.MARK, "BTC-PERP", "60000"),
        quote(Kind.SPOT, "ETH", "3000"), quote(Kind.MARK, "ETH-PERP", "3001.5"),
        quote(Kind.FORWARD, "BTC-20251031", "60200"), quote(Kind.RATE, "BTC-20251031", "0.04"),
        quote(Kind.FORWARD, "ETH-20251226", "3050")));
    OPTIONS.forEach(option -> quotes.add(quote(Kind.VOLATILITY, option, "0.55")));
    return quotes;
  }

  private static Quote quote(Kind kind, String instrument, String price) {
    return new Quote(kind, instrument, new BigDecimal(price), NOW);
  }

  /** USDC of 6 decimals, WETH and another of 18; prices in smallest USDC units for 1e18 smallest units. */
  private static MarginMarket market(List<Quote> quotes) {
    return new MarginMarket(new MarketQuotes(NOW, quotes), new CollateralTerms(
        List.of(asset(USDC, 6, 0), asset(WETH, 18, 1_000), asset(ODD, 18, 5_000)),
        List.of(E18, BigInteger.valueOf(3_000_000_000L), BigInteger.valueOf(1_000_000))));
  }

  private static AssetConfig asset(Address token, int decimals, int haircutBps) {
    return new AssetConfig(token, decimals, haircutBps, token, 8, 3600, BigInteger.ONE, BigInteger.ZERO, address(0), 0, 0, 0);
  }

  private static MarginSubject subject(Book book, long usdc, long milliWeth, long due) {
    return new MarginSubject(book,
        List.of(BigInteger.valueOf(usdc * 1_000_000), BigInteger.valueOf(milliWeth).multiply(BigInteger.TEN.pow(15)), BigInteger.ZERO),
        BigInteger.valueOf(due * 1_000_000));
  }

  private static Book book(String instrument, String quantity) {
    return Book.EMPTY.apply(new Fill(Instrument.parse(instrument), new BigDecimal(quantity), BigDecimal.ONE, BigDecimal.ZERO));
  }

  private static BigInteger usdc(long whole) {
    return BigInteger.valueOf(whole * 1_000_000);
  }

  /** Worst is 18% down; contingencies 3% and 1%; the buffer is a quarter of all that. */
  @Test
  void perpetualAloneComesToWhatTheFormulasSay() {
    Requirement requirement = model.requirement(subject(book("BTC-PERP", "1"), 50_000, 0, -700), market);
    assertThat(requirement.initial()).isEqualTo(usdc((10_800 + 1_800 + 600) * 5 / 4));
    assertThat(requirement.maintenance()).isEqualTo(usdc(8_640 + 1_800));
  }

  @Test
  void engineAndModelAgreeOnEveryAccountWhateverIsComputedBesideIt() {
    Random random = new Random(20_251_010);
    List<MarginSubject> subjects = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Book book = Book.EMPTY;
      for (String instrument : INSTRUMENTS) {
        if (random.nextInt(3) == 0) {
          BigDecimal quantity = BigDecimal.valueOf(random.nextInt(20_001) - 10_000, 3);
          book = book.apply(new Fill(Instrument.parse(instrument), quantity, BigDecimal.ONE, BigDecimal.ZERO));
        }
      }
      subjects.add(subject(book, random.nextInt(100_000), random.nextInt(30_000), random.nextInt(20_000) - 10_000));
    }
    List<Requirement> together = model.requirements(subjects, market);
    for (int i = 0; i < subjects.size(); i++) {
      assertThat(model.requirement(subjects.get(i), market)).isEqualTo(together.get(i));
      assertThat(together.get(i)).isEqualTo(fromBreakdown(subjects.get(i)));
    }
    assertThat(together).anyMatch(requirement -> requirement.initial().signum() > 0);
  }

  private Requirement fromBreakdown(MarginSubject subject) {
    var results = ((Breakdown.Portfolio) model.breakdown(subject, market)).underlyings().values();
    if (results.isEmpty()) {
      return Requirement.NONE;
    }
    BigDecimal value = new BigDecimal(market.collateral().value(subject.free()).add(subject.due()), 6);
    double initial = results.stream().map(PortfolioMarginResult::initial).reduce(Double::sum).orElseThrow();
    double maintenance = results.stream().map(PortfolioMarginResult::maintenance).reduce(Double::sum).orElseThrow();
    return new Requirement(
        LeafRequirement.of(value.subtract(new BigDecimal(initial)), 6).units(),
        LeafRequirement.of(value.subtract(new BigDecimal(maintenance)), 6).units());
  }

  /** The basis contingency of the future is all that is left beside the charges. */
  @Test
  void futureAgainstAPerpetualLosesLittle() {
    Book hedged = book("BTC-PERP", "1").apply(
        new Fill(Instrument.parse("BTC-20251031"), BigDecimal.ONE.negate(), BigDecimal.ONE, BigDecimal.ZERO));
    BigInteger alone = model.requirement(subject(book("BTC-PERP", "1"), 50_000, 0, 0), market).initial();
    assertThat(model.requirement(subject(hedged, 50_000, 0, 0), market).initial()).isPositive().isLessThan(alone);
  }

  @Test
  void accountWithoutPositionsRequiresNothingWhateverIsQuoted() {
    assertThat(model.requirement(subject(Book.EMPTY, 10, 50_000, -5), market(List.of()))).isEqualTo(Requirement.NONE);
  }

  @Test
  void collateralThatMovesAgainstAPositionLowersWhatItRequires() {
    Book shortEther = book("ETH-PERP", "-10");
    BigInteger inEther = model.requirement(subject(shortEther, 0, 10_000, 0), market).initial();
    BigInteger inDollars = model.requirement(subject(shortEther, 30_000, 0, 0), market).initial();
    assertThat(inEther).isLessThan(inDollars);
  }

  /** 30 ether are worth 90,000 dollars; they are scanned by themselves, whether the spot of ether is quoted or not. */
  @Test
  void etherAgainstAShortBitcoinPerpetualIsWorthNoMoreThanDollars() {
    Book shortBitcoin = book("BTC-PERP", "-1");
    MarginSubject inEther = subject(shortBitcoin, 0, 30_000, 0);
    BigInteger inDollars = market.collateral().value(inEther.free()).subtract(usdc(90_000))
        .add(model.requirement(subject(shortBitcoin, 90_000, 0, 0), market).initial());
    BigInteger required = model.requirement(inEther, market).initial();
    assertThat(required).isGreaterThan(inDollars);
    assertThat(((Breakdown.Portfolio) model.breakdown(inEther, market)).underlyings()).containsOnlyKeys("BTC", "ETH");
    MarginMarket onlyBitcoin = market(quotes().stream().filter(quote -> !quote.instrument().startsWith("ETH")).toList());
    assertThat(model.requirement(inEther, onlyBitcoin).initial()).isEqualTo(required);
    assertThat(model.requirements(List.of(inEther), onlyBitcoin).getFirst().initial()).isEqualTo(required);
  }

  @Test
  void assetThatTheScheduleDoesNotKnowCountsNothing() {
    Book book = book("BTC-PERP", "1");
    MarginSubject without = new MarginSubject(book, List.of(usdc(50_000), BigInteger.ZERO, BigInteger.ZERO), BigInteger.ZERO);
    MarginSubject with = new MarginSubject(book, List.of(usdc(50_000), BigInteger.ZERO, E18.multiply(usdc(1))), BigInteger.ZERO);
    BigInteger onChain = market.collateral().value(with.free()).subtract(market.collateral().value(without.free()));
    assertThat(model.requirement(with, market).initial()).isEqualTo(model.requirement(without, market).initial().add(onChain));
  }

  @Test
  void whatIsNotQuotedIsNamed() {
    for (String missing : List.of("BTC", "BTC-PERP", OPTIONS.get(1))) {
      Book book = book("BTC-PERP", "1").apply(
          new Fill(Instrument.parse(OPTIONS.get(1)), BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ZERO));
      MarginMarket without = market(quotes().stream().filter(quote -> !quote.instrument().equals(missing)).toList());
      assertThatThrownBy(() -> model.requirement(subject(book, 10, 0, 0), without)).isInstanceOf(MarginException.class)
          .hasMessageContaining(missing.equals("BTC-PERP") ? "price of the perpetual" : missing);
    }
  }
}
