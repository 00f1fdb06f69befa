package io.ringfence.demo.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.LogPosition;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.SettledCause;
import io.ringfence.chain.type.WithdrawalDoor;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoryTest {

  private static final Address TOKEN = address(1);
  private static final Address ACCOUNT = address(2);
  private static final Address OWNER = address(3);
  private static final Address KEEPER = address(4);

  @Test
  void aDepositIsATransferThatNothingElseBroughtAbout() {
    Story story = new Story(List.of(
        new ChainEvent.Transfer(at(1), OWNER, ACCOUNT, BigInteger.TEN),
        new ChainEvent.AccountOpened(at(2), ACCOUNT, OWNER, BigInteger.ZERO),
        new ChainEvent.Transfer(at(3), OWNER, ACCOUNT, BigInteger.ONE),
        new ChainEvent.Transfer(at(3), OWNER, KEEPER, BigInteger.ONE),
        new ChainEvent.Transfer(at(4), KEEPER, ACCOUNT, BigInteger.TWO),
        new ChainEvent.LotTaken(at(4), BigInteger.ONE, KEEPER, KEEPER, BigInteger.ONE, BigInteger.ONE, BigInteger.TWO),
        new ChainEvent.Transfer(at(5), TOKEN, ACCOUNT, BigInteger.TWO),
        new ChainEvent.SettledChanged(at(5), ACCOUNT, 1, BigInteger.TWO, SettledCause.SETTLEMENT)));
    assertThat(story.deposits()).extracting(ChainEvent.Transfer::amount).containsExactly(BigInteger.TEN, BigInteger.ONE);
    assertThat(story.depositsBeforeOpening()).isEqualTo(1);
    assertThat(story.settlements()).hasSize(1);
  }

  @Test
  void aCureCountsAsPaidForOnlyIfTheMoneyCameBetweenCallAndCure() {
    ChainEvent opened = new ChainEvent.AccountOpened(at(1), ACCOUNT, OWNER, BigInteger.ZERO);
    ChainEvent called = new ChainEvent.MarginCalled(at(3), ACCOUNT, 1, 1, BigInteger.TEN, 9, false, KEEPER);
    ChainEvent cured = new ChainEvent.MarginCured(at(5), ACCOUNT, 1, 2);
    assertThat(new Story(List.of(opened, deposit(2), called, cured)).curesByTopUp()).isZero();
    assertThat(new Story(List.of(opened, called, cured, deposit(6))).curesByTopUp()).isZero();
    assertThat(new Story(List.of(opened, called, deposit(4), cured)).curesByTopUp()).isEqualTo(1);
  }

  @Test
  void anEmptyRunBreaksEveryPromise() {
    assertThat(Promise.broken(new Story(List.of()), 0)).hasSizeGreaterThan(10);
  }

  @Test
  void aRunThatShowsEverythingBreaksNone() {
    assertThat(Promise.broken(new Story(everything(BigInteger.valueOf(40))), 1)).isEmpty();
  }

  @Test
  void aLossThatIsNotTheSumOfItsPartsIsNamed() {
    assertThat(Promise.broken(new Story(everything(BigInteger.valueOf(41))), 1))
        .containsExactly("the loss of " + ACCOUNT + " is not the sum of its parts");
  }

  @Test
  void aRaceThatNobodyLostIsMissed() {
    assertThat(Promise.broken(new Story(everything(BigInteger.valueOf(40))), 0)).containsExactly("no take was lost to another keeper");
  }

  /** Loss 100 = {@code own} + 30 + 20 + 10. */
  private static List<ChainEvent> everything(BigInteger own) {
    List<ChainEvent> events = new ArrayList<>(List.of(
        deposit(1),
        new ChainEvent.AccountOpened(at(2), ACCOUNT, OWNER, BigInteger.ZERO),
        new ChainEvent.Withdrawn(at(3), ACCOUNT, TOKEN, OWNER, BigInteger.ONE, WithdrawalDoor.CONSENT),
        new ChainEvent.Withdrawn(at(3), ACCOUNT, TOKEN, OWNER, BigInteger.ONE, WithdrawalDoor.REQUEST),
        new ChainEvent.WithdrawalCancelled(at(3), ACCOUNT, TOKEN),
        new ChainEvent.EpochPosted(at(4), 1, 1, Bytes32.ZERO, null, null),
        new ChainEvent.SettledChanged(at(5), ACCOUNT, 1, BigInteger.ONE, SettledCause.SETTLEMENT),
        new ChainEvent.MarginCalled(at(6), ACCOUNT, 1, 1, BigInteger.TEN, 9, false, KEEPER),
        deposit(7),
        new ChainEvent.MarginCured(at(8), ACCOUNT, 1, 2),
        new ChainEvent.LotTaken(at(9), BigInteger.ONE, KEEPER, KEEPER, BigInteger.ONE, BigInteger.ONE, BigInteger.TWO)));
    for (int i = 0; i < 3; i++) {
      events.add(new ChainEvent.DefaultDeclared(at(10), ACCOUNT, 1, 3, BigInteger.TEN, KEEPER));
      events.add(new ChainEvent.DefaultResolved(at(11), ACCOUNT, 1, BigInteger.valueOf(100), i == 0 ? own : BigInteger.valueOf(40),
          BigInteger.valueOf(30), BigInteger.valueOf(20), BigInteger.valueOf(10), BigInteger.ZERO, BigInteger.ZERO));
    }
    events.add(new ChainEvent.Withdrawn(at(12), ACCOUNT, TOKEN, OWNER, BigInteger.ONE, WithdrawalDoor.FREE));
    return events;
  }

  private static ChainEvent deposit(long block) {
    return new ChainEvent.Transfer(at(block), OWNER, ACCOUNT, BigInteger.TEN);
  }

  private static LogPosition at(long block) {
    Bytes32 hash = new Bytes32("0x" + "%064x".formatted(block));
    return new LogPosition(block, hash, hash, 0, TOKEN);
  }

  private static Address address(int number) {
    return new Address("0x" + "%040x".formatted(number));
  }
}
