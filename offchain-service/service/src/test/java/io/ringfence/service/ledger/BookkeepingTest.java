package io.ringfence.service.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.LogPosition;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.SettledCause;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookkeepingTest {
  private static final Address TOKEN = address(1);
  private static final Address ACCOUNT = address(2);
  private static final Address POOL = address(3);
  private static final Address FUND = address(4);
  private static final Address STRANGER = address(5);
  private static final BigInteger TEN = BigInteger.TEN;

  private final Holders holders = holders();

  private static Holders holders() {
    var holders = new Holders();
    holders.addAccount(ACCOUNT);
    holders.addVenue(1, TOKEN, POOL, FUND);
    return holders;
  }

  private static Address address(int number) {
    return new Address("0x" + "%040x".formatted(number));
  }

  private static LogPosition by(Address emitter) {
    return new LogPosition(1, Bytes32.ZERO, Bytes32.ZERO, 0, emitter);
  }

  private List<Posting> postings(ChainEvent event) {
    return Bookkeeping.postings(event, holders).postings();
  }

  @Test
  void depositComesFromTheWorld() {
    assertThat(postings(new ChainEvent.Transfer(by(TOKEN), STRANGER, ACCOUNT, TEN))).containsExactlyInAnyOrder(
        new Posting("external", TOKEN.hex(), TEN.negate()), new Posting("account:" + ACCOUNT.hex(), TOKEN.hex(), TEN));
  }

  @Test
  void settlementMovesBetweenAccountAndPool() {
    assertThat(postings(new ChainEvent.Transfer(by(TOKEN), ACCOUNT, POOL, TEN))).containsExactlyInAnyOrder(
        new Posting("account:" + ACCOUNT.hex(), TOKEN.hex(), TEN.negate()), new Posting("pool:1", TOKEN.hex(), TEN));
  }

  @Test
  void transfersThatMoveNothingPostNothing() {
    assertThat(postings(new ChainEvent.Transfer(by(TOKEN), ACCOUNT, ACCOUNT, TEN))).isEmpty();
    assertThat(postings(new ChainEvent.Transfer(by(TOKEN), STRANGER, ACCOUNT, BigInteger.ZERO))).isEmpty();
  }

  @Test
  void settledCounterFallsByWhatIsTaken() {
    assertThat(postings(new ChainEvent.SettledChanged(by(TOKEN), ACCOUNT, 1, TEN.negate(), SettledCause.SETTLEMENT)))
        .containsExactlyInAnyOrder(
            new Posting("settled:" + ACCOUNT.hex(), "settled:1", TEN.negate()), new Posting("settled-total:1", "settled:1", TEN));
  }

  @Test
  void releaseClearsTheSettledCounterWhateverItsSign() {
    assertThat(postings(new ChainEvent.AccountReleased(by(TOKEN), ACCOUNT, 1, 0, TEN.negate(), BigInteger.ZERO)))
        .contains(new Posting("settled:" + ACCOUNT.hex(), "settled:1", TEN));
    assertThat(postings(new ChainEvent.AccountReleased(by(TOKEN), ACCOUNT, 1, 0, TEN, BigInteger.ZERO)))
        .contains(new Posting("settled:" + ACCOUNT.hex(), "settled:1", TEN.negate()));
  }

  @Test
  void trancheTakesFromWhatTheFundHolds() {
    assertThat(postings(new ChainEvent.TrancheChanged(by(FUND), 2, TEN, TEN))).containsExactlyInAnyOrder(
        new Posting("fund:1", TOKEN.hex(), TEN.negate()), new Posting("tranche:1:2", TOKEN.hex(), TEN));
    assertThat(postings(new ChainEvent.TrancheChanged(by(FUND), 1, TEN.negate(), TEN))).containsExactlyInAnyOrder(
        new Posting("tranche:1:1", TOKEN.hex(), TEN.negate()), new Posting("fund:1", TOKEN.hex(), TEN));
  }

  @Test
  void valueInKindIsCountedBesideTheTokensThatMove() {
    assertThat(postings(new ChainEvent.InKindChanged(by(TOKEN), 1, TOKEN, BigInteger.TWO, TEN, ACCOUNT))).containsExactlyInAnyOrder(
        new Posting("in-kind-total:1", "in-kind:1", TEN.negate()), new Posting("in-kind:1:" + TOKEN.hex(), "in-kind:1", TEN));
    assertThat(postings(new ChainEvent.SettledChanged(by(TOKEN), ACCOUNT, 1, TEN.negate(), SettledCause.IN_KIND)))
        .contains(new Posting("settled:" + ACCOUNT.hex(), "settled:1", TEN.negate()));
  }

  @Test
  void strangersFundIsNotOurs() {
    assertThat(postings(new ChainEvent.TrancheChanged(by(STRANGER), 2, TEN, TEN))).isEmpty();
  }

  @Test
  void setThatDoesNotBalanceIsRefused() {
    List<Posting> lopsided = List.of(new Posting("a", "x", TEN), new Posting("b", "x", BigInteger.ONE.negate()));
    assertThatThrownBy(() -> new PostingSet(lopsided)).hasMessageContaining("out of balance by 9");
    List<Posting> mixed = List.of(new Posting("a", "x", TEN), new Posting("b", "y", TEN.negate()));
    assertThatThrownBy(() -> new PostingSet(mixed)).hasMessageContaining("out of balance");
  }
}
