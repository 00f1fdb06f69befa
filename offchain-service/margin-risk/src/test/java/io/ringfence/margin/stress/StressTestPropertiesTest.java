package io.ringfence.margin.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.Member;
import io.ringfence.margin.risk.RiskSamples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Properties over seeded random books. */
class StressTestPropertiesTest {

  private static final int BOOKS = 60;
  private static final List<StressScenario> SCENARIOS = List.of(
      StressTestTest.scenario("down", -0.47, 2.5), StressTestTest.scenario("up", 0.35, 1.6),
      StressTestTest.scenario("volatility", 0, 2), StressTestTest.scenario("still", 0, 1));

  @Test
  void twoCoverAtLeastOneAndAtMostAll() {
    for (int i = 0; i < BOOKS; i++) {
      for (Basis basis : Basis.values()) {
        FundSize size = size(RiskSamples.members(new SplittableRandom(i), 1), SCENARIOS, basis);
        assertThat(size.two().amount()).isBetween(size.one().amount(), Math.min(2 * size.one().amount(), size.all().amount()));
        assertThat(size.requirement()).isGreaterThanOrEqualTo(size.two().amount());
      }
    }
  }

  @Test
  void scaledBookNeedsAScaledFund() {
    int losing = 0;
    for (int i = 0; i < BOOKS; i++) {
      double one = size(RiskSamples.members(new SplittableRandom(i), 1), SCENARIOS, Basis.HELD).requirement();
      double seven = size(RiskSamples.members(new SplittableRandom(i), 7), SCENARIOS, Basis.HELD).requirement();
      assertThat(seven).isCloseTo(7 * one, withPercentage(1e-9));
      losing += one > 0 ? 1 : 0;
    }
    assertThat(losing).as("books that lose anything").isGreaterThan(BOOKS / 2);
  }

  @Test
  void moreCollateralNeverRaisesTheFund() {
    for (int i = 0; i < BOOKS; i++) {
      SplittableRandom random = new SplittableRandom(i);
      List<Member> members = RiskSamples.members(random, 1);
      List<Member> richer = members.stream().map(member -> richer(member, random)).toList();
      assertThat(size(richer, SCENARIOS, Basis.HELD).requirement())
          .isLessThanOrEqualTo(size(members, SCENARIOS, Basis.HELD).requirement());
    }
  }

  @Test
  void orderDoesNotMatterToTheBit() {
    for (int i = 0; i < BOOKS; i++) {
      List<Member> members = RiskSamples.members(new SplittableRandom(i), 1);
      List<Member> shuffled = new ArrayList<>();
      members.forEach(member -> shuffled.add(new Member(member.name(), member.accounts().reversed())));
      List<StressScenario> scenarios = new ArrayList<>(SCENARIOS);
      Collections.shuffle(shuffled, new Random(i));
      Collections.shuffle(scenarios, new Random(i));
      for (Basis basis : Basis.values()) {
        assertThat(size(shuffled, scenarios, basis)).isEqualTo(size(members, SCENARIOS, basis));
      }
    }
  }

  @Test
  void furtherScenarioNeverLowersTheFund() {
    for (int i = 0; i < BOOKS; i++) {
      List<Member> members = RiskSamples.members(new SplittableRandom(i), 1);
      assertThat(size(members, SCENARIOS.subList(0, 3), Basis.HELD).requirement())
          .isGreaterThanOrEqualTo(size(members, SCENARIOS.subList(0, 2), Basis.HELD).requirement());
    }
  }

  private static Member richer(Member member, SplittableRandom random) {
    return new Member(member.name(), member.accounts().stream().map(account -> {
      SortedMap<String, Double> collateral = new TreeMap<>(account.collateral());
      collateral.merge(random.nextBoolean() ? "BTC" : "USDC", random.nextDouble() * 3, Double::sum);
      return new Account(account.name(), account.cash(), collateral, account.holdings());
    }).toList());
  }

  private static FundSize size(List<Member> members, List<StressScenario> scenarios, Basis basis) {
    return FundSize.of(new StressTest(RiskSamples.PORTFOLIO, RiskSamples.MARKET, members).run(scenarios), basis, 0.1);
  }
}
