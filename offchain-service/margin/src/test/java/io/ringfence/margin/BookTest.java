package io.ringfence.margin;

import static io.ringfence.margin.Samples.NOW;
import static io.ringfence.margin.Samples.call;
import static io.ringfence.margin.Samples.dec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BookTest {

  private static final Perpetual PERPETUAL = new Perpetual("ETH");

  @Test
  void emptyBookHasMadeNothing() {
    assertThat(Book.EMPTY.net(market("1500"), 6).units()).isZero();
    assertThat(Book.EMPTY.positions()).isEmpty();
  }

  @Test
  void perpetualVariationEntersTheResult() {
    Book book = Book.EMPTY.apply(fill(PERPETUAL, "2", "1400", "3"));
    assertThat(book.net(market("1500"), 6).units()).isEqualTo(197_000_000);
    assertThat(book.net(market("1300"), 6).units()).isEqualTo(-203_000_000);
    assertThat(book.net(market("1300"), 6).debit()).isEqualTo(203_000_000);
    assertThat(book.net(market("1300"), 6).credit()).isZero();
  }

  @Test
  void closingAPerpetualRealisesWhatItsMarkHadShown() {
    Book open = Book.EMPTY.apply(fill(PERPETUAL, "-2", "1400", "0"));
    Book closed = open.apply(fill(PERPETUAL, "2", "1500", "0"));
    assertThat(closed.cash()).isEqualByComparingTo("-200");
    assertThat(closed.positions()).isEmpty();
    assertThat(open.netValue(market("1500"))).isEqualByComparingTo(closed.netValue(market("9")));
  }

  @Test
  void optionPremiumEntersAtOnceAndItsMarkNever() {
    Book writer = Book.EMPTY.apply(fill(call(1500), "-10", "80", "1"));
    MarketSnapshot marked = MarketSnapshot.at(NOW).mark(call(1500), dec("500"), NOW).build();
    assertThat(writer.net(marked, 6).credit()).isEqualTo(799_000_000);
    assertThat(writer.net(MarketSnapshot.at(NOW).build(), 6).credit()).isEqualTo(799_000_000);
  }

  @Test
  void settlementPaysTheOptionOut() {
    Book writer = Book.EMPTY.apply(fill(call(1500), "-10", "80", "0"));
    assertThat(writer.settle(call(1500), dec("1620")).cash()).isEqualByComparingTo("-400");
    assertThat(writer.settle(call(1500), dec("1620")).positions()).isEmpty();
    assertThat(writer.settle(call(1500), dec("1")).cash()).isEqualByComparingTo("800");
    assertThat(writer.settle(call(1600), dec("1620"))).isEqualTo(writer);
  }

  @Test
  void unsettledExpiryIsRefused() {
    Book writer = Book.EMPTY.apply(fill(call(1500), "-10", "80", "0"));
    MarketSnapshot late = MarketSnapshot.at(Instant.parse("2025-11-01T00:00:00Z")).build();
    assertThatThrownBy(() -> writer.net(late, 6)).isInstanceOf(ExpiredInstrumentException.class);
  }

  @Test
  void resultIsRoundedDown() {
    assertThat(Book.EMPTY.credit(dec("1.9999999")).net(market("1"), 6).units()).isEqualTo(1_999_999);
    assertThat(Book.EMPTY.credit(dec("-1.0000001")).net(market("1"), 6).units()).isEqualTo(-1_000_001);
    assertThat(Book.EMPTY.credit(dec("-0.4")).net(market("1"), 0).debit()).isEqualTo(1);
  }

  @Test
  void missingPriceIsNamed() {
    Book book = Book.EMPTY.apply(fill(PERPETUAL, "2", "1400", "0"));
    assertThatThrownBy(() -> book.net(MarketSnapshot.at(NOW).build(), 6))
        .isInstanceOf(MissingMarkException.class).hasMessageContaining("ETH-PERP");
  }

  @Test
  void resultTooLargeForALeafIsRefused() {
    BigDecimal largest = new BigDecimal(BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE), 0);
    assertThat(Book.EMPTY.credit(largest).net(market("1"), 0).credit().bitLength()).isEqualTo(96);
    assertThat(Book.EMPTY.credit(largest.negate()).net(market("1"), 0).debit().bitLength()).isEqualTo(96);
    assertThatThrownBy(() -> Book.EMPTY.credit(largest.add(BigDecimal.ONE)).net(market("1"), 0)).isInstanceOf(LeafOverflowException.class);
    assertThatThrownBy(() -> Book.EMPTY.credit(largest.add(BigDecimal.ONE).negate()).net(market("1"), 0))
        .isInstanceOf(LeafOverflowException.class);
  }

  @Test
  void badFillsAreRefused() {
    assertThatThrownBy(() -> fill(PERPETUAL, "0", "1400", "0")).isInstanceOf(InvalidFigureException.class).hasMessageContaining("zero");
    assertThatThrownBy(() -> fill(PERPETUAL, "1", "-1", "0")).isInstanceOf(InvalidFigureException.class).hasMessageContaining("negative");
    assertThatThrownBy(() -> fill(PERPETUAL, "1e999999999", "1", "0"))
        .isInstanceOf(InvalidFigureException.class).hasMessageContaining("digits");
    assertThatThrownBy(() -> fill(PERPETUAL, "1e-999999999", "1", "0"))
        .isInstanceOf(InvalidFigureException.class).hasMessageContaining("digits");
    assertThatThrownBy(() -> fill(PERPETUAL, "1", "0.0000000000000000001", "0")).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> new Fill(PERPETUAL, null, BigDecimal.ONE, BigDecimal.ZERO)).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> Book.EMPTY.net(market("1"), 31)).isInstanceOf(InvalidFigureException.class);
    assertThatThrownBy(() -> Book.EMPTY.net(market("1"), -1)).isInstanceOf(InvalidFigureException.class);
  }

  @Test
  void trailingZerosOfAnyLengthUpToTheLimitAreAccepted() {
    assertThat(fill(PERPETUAL, "1.50000000000000000000000000", "1e3", "0")).isEqualTo(fill(PERPETUAL, "1.5", "1000", "0.00"));
  }

  /** Every fill has its counter-fill and every fee is somebody's income, so only the rounding down of each account is missing. */
  @RepeatedTest(20)
  void matchedBookSumsToZeroLessRounding(RepetitionInfo run) {
    SplittableRandom random = new SplittableRandom(run.getCurrentRepetition());
    Book[] books = new Book[2 + random.nextInt(30)];
    Arrays.fill(books, Book.EMPTY);
    for (int i = 0; i < 300; i++) {
      int buyer = random.nextInt(books.length);
      int seller = random.nextInt(books.length);
      BigDecimal price = BigDecimal.valueOf(random.nextLong(1, 1_000_000_000_000L), 7);
      BigDecimal fee = BigDecimal.valueOf(random.nextLong(0, 1_000_000_000L), 9);
      Fill fill = new Fill(Samples.pick(random, Samples.everyInstrument()), Samples.quantity(random), price, fee);
      books[buyer] = books[buyer].apply(fill);
      books[seller] = books[seller].apply(fill.counterFill(BigDecimal.ZERO));
      books[0] = books[0].credit(fee);
    }
    MarketSnapshot market = Samples.randomMarket(random);
    BigDecimal exact = Arrays.stream(books).map(book -> book.netValue(market)).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigInteger rounded = Arrays.stream(books).map(book -> book.net(market, 6).units()).reduce(BigInteger.ZERO, BigInteger::add);
    assertThat(exact).isZero();
    assertThat(rounded).isNotPositive().isGreaterThan(BigInteger.valueOf(-books.length));
  }

  @RepeatedTest(5)
  void orderOfFillsDoesNotMatter(RepetitionInfo run) {
    SplittableRandom random = new SplittableRandom(run.getCurrentRepetition());
    List<Fill> fills = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Instrument instrument = Samples.pick(random, Samples.everyInstrument());
      fills.add(new Fill(instrument, Samples.quantity(random), Samples.cents(random, 0, 9_999), dec("0.01")));
    }
    Book inOrder = Book.of(fills);
    Collections.shuffle(fills, new Random(random.nextLong()));
    assertThat(Book.of(fills)).isEqualTo(inOrder).hasSameHashCodeAs(inOrder);
  }

  private static Fill fill(Instrument instrument, String quantity, String price, String fee) {
    return new Fill(instrument, dec(quantity), dec(price), dec(fee));
  }

  private static MarketSnapshot market(String perpetualPrice) {
    return MarketSnapshot.at(NOW).mark(PERPETUAL, dec(perpetualPrice), NOW).build();
  }
}
