package io.ringfence.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AppraisalTest {

  /** 100,000 USDC (6 decimals) for one bitcoin (8 decimals): 1e11 units for 1e8, so 1e21 for 1e18. */
  private static final BigInteger BITCOIN = BigInteger.TEN.pow(21);

  private static final BigInteger ONE = BigInteger.TEN.pow(8);
  private static final BigInteger RICH = BigInteger.TEN.pow(15);

  private final Appraisal appraisal = new Appraisal(new Limits(dollars(10), dollars(1000), dollars(1_000_000)));

  @Test
  void takesEverythingWhenItPays() {
    Offer offer = offer(BITCOIN.multiply(n(99)).divide(n(100)), ONE, dollars(2));
    assertThat(appraisal.of(offer, BigInteger.ZERO, RICH)).isEqualTo(new Decision.Take(ONE, offer.price(), dollars(998)));
  }

  @Test
  void leavesWhatGasEats() {
    Offer offer = offer(BITCOIN.multiply(n(99)).divide(n(100)), ONE, dollars(991));
    assertThat(appraisal.of(offer, BigInteger.ZERO, RICH)).isInstanceOf(Decision.Pass.class);
  }

  @Test
  void leavesAPriceAboveTheFeed() {
    assertThat(appraisal.of(offer(BITCOIN.add(BigInteger.ONE), ONE, BigInteger.ZERO), BigInteger.ZERO, RICH))
        .isInstanceOf(Decision.Pass.class);
  }

  @Test
  void buysNoMoreThanItsMoneyAndItsInventoryAllow() {
    BigInteger half = BITCOIN.divide(n(2));
    assertThat(appraisal.of(offer(half, ONE, BigInteger.ZERO), BigInteger.ZERO, dollars(5_000)))
        .isEqualTo(new Decision.Take(ONE.divide(n(10)), half, dollars(5_000)));
    assertThat(appraisal.of(offer(half, ONE, BigInteger.ZERO), dollars(990_000), RICH))
        .isEqualTo(new Decision.Take(ONE.divide(n(10)), half, dollars(5_000)));
    assertThat(appraisal.of(offer(half, ONE, BigInteger.ZERO), dollars(1_000_001), RICH))
        .isEqualTo(new Decision.Pass("the inventory limit is reached"));
    assertThat(appraisal.of(offer(half, ONE, BigInteger.ZERO), BigInteger.ZERO, BigInteger.ZERO))
        .isEqualTo(new Decision.Pass("there is no money left to pay with"));
  }

  @Test
  void worthlessOrEmptyLotsAreLeft() {
    assertThat(appraisal.of(new Offer(n(1), n(5), ONE, BigInteger.ZERO, n(0)), BigInteger.ZERO, RICH)).isInstanceOf(Decision.Pass.class);
    assertThat(appraisal.of(offer(BITCOIN.divide(n(2)), BigInteger.ZERO, n(0)), BigInteger.ZERO, RICH)).isInstanceOf(Decision.Pass.class);
  }

  @Test
  void aTakeNeverLosesMoneyAtThePricesSeen() {
    Random random = new Random(20251010);
    for (int i = 0; i < 20_000; i++) {
      Offer offer = new Offer(n(i), big(random, 80), big(random, 70), big(random, 80), big(random, 30));
      BigInteger cash = big(random, 60);
      if (appraisal.of(offer, BigInteger.ZERO, cash) instanceof Decision.Take take) {
        BigInteger payment = Prices.cost(take.amount(), offer.price());
        assertThat(payment).isLessThanOrEqualTo(cash);
        assertThat(take.amount()).isLessThanOrEqualTo(offer.available());
        assertThat(Prices.worth(take.amount(), offer.livePrice()).subtract(payment).subtract(offer.gasCost()))
            .isEqualTo(take.expectedProfit())
            .isGreaterThanOrEqualTo(dollars(10));
      }
    }
  }

  @Test
  void theBookCountsRacesLostAndStopsAtTheLimit() {
    ProfitBook book = new ProfitBook(new Limits(n(0), n(100), n(0)));
    book.took(n(1000), n(900), n(50));
    assertThat(book.profit()).isEqualTo(n(50));
    book.lostRace(n(150));
    assertThat(book.profit()).isEqualTo(n(-100));
    assertThat(book.lossLimitReached()).isFalse();
    book.spent(n(1));
    assertThat(book.lossLimitReached()).isTrue();
    assertThat(book.taken()).isEqualTo(1);
    assertThat(book.lost()).isEqualTo(1);
  }

  @Test
  void aNegativeLimitIsRefusedByName() {
    assertThatThrownBy(() -> new Limits(n(0), n(-1), n(0))).hasMessageContaining("--max-loss");
  }

  private static Offer offer(BigInteger price, BigInteger available, BigInteger gas) {
    return new Offer(BigInteger.ONE, price, available, BITCOIN, gas);
  }

  private static BigInteger big(Random random, int bits) {
    return new BigInteger(random.nextInt(bits) + 1, random);
  }

  private static BigInteger dollars(long amount) {
    return BigInteger.valueOf(amount).multiply(BigInteger.TEN.pow(6));
  }

  private static BigInteger n(long value) {
    return BigInteger.valueOf(value);
  }
}
