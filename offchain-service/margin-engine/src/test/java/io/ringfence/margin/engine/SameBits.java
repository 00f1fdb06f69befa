package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;

/** Comparison to the bit. */
final class SameBits {

  private SameBits() {}

  /** Each account's margins are the model's own. */
  static void asTheModel(MarginEngine engine, World world) {
    for (int account = 0; account < world.accounts.size(); account++) {
      double[] expected = world.reference(account);
      requireSame("IM of account " + account, engine.initial(account), expected[0]);
      requireSame("MM of account " + account, engine.maintenance(account), expected[1]);
      assertThat(engine.status(account)).isEqualTo(AccountStatus.MARGINED);
    }
  }

  /** Both engines have the same margins and states. */
  static void asEachOther(MarginEngine engine, MarginEngine other, int accounts) {
    for (int account = 0; account < accounts; account++) {
      requireSame("IM of account " + account, engine.initial(account), other.initial(account));
      requireSame("MM of account " + account, engine.maintenance(account), other.maintenance(account));
      assertThat(engine.status(account)).isEqualTo(other.status(account));
    }
  }

  static void requireSame(String figure, double actual, double expected) {
    assertThat(Double.doubleToLongBits(actual)).as("%s: %s, expected %s", figure, actual, expected)
        .isEqualTo(Double.doubleToLongBits(expected));
  }
}
