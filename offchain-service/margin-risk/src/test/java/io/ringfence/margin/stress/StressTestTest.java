package io.ringfence.margin.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.ringfence.margin.InvalidFigureException;
import io.ringfence.margin.risk.Account;
import io.ringfence.margin.risk.Holding;
import io.ringfence.margin.risk.Member;
import io.ringfence.margin.risk.RiskSamples;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Losses and covers worked by hand: one unit of BTC at 100,000. */
class StressTestTest {

  private static final StressScenario DOWN = scenario("down", -0.4, 1);
  private static final StressScenario UP = scenario("up", 0.3, 1);

  @Test
  void memberLeavesUnpaidWhatItsAccountsAreWorthBelowZero() {
    Member member = member("m", RiskSamples.account("m1", 30_000, new Holding.Perpetual("BTC", 1)));
    MemberLoss down = run(List.of(DOWN), member).getFirst().losses().getFirst();
    assertThat(down.held()).isCloseTo(10_000, offset(1e-6));
    // 27,500 are its initial margin; what is above them may have been withdrawn.
    assertThat(down.withdrawn()).isCloseTo(40_000 - 27_500, offset(1e-6));
    assertThat(run(List.of(UP), member).getFirst().losses().getFirst().held()).isZero();
  }

  @Test
  void anAccountBelowItsMarginHasNothingToWithdraw() {
    Member member = member("m", RiskSamples.account("m1", 20_000, new Holding.Perpetual("BTC", 1)));
    MemberLoss down = run(List.of(DOWN), member).getFirst().losses().getFirst();
    assertThat(down.held()).isCloseTo(20_000, offset(1e-6));
    assertThat(down.withdrawn()).isEqualTo(down.held());
  }

  @Test
  void noAccountPaysForAnotherOfItsMember() {
    Member member = member("m",
        RiskSamples.account("m1", 10_000, new Holding.Perpetual("BTC", 1)),
        RiskSamples.account("m2", 1_000_000));
    assertThat(run(List.of(DOWN), member).getFirst().losses().getFirst().held()).isCloseTo(30_000, offset(1e-6));
  }

  @Test
  void collateralIsWorthWhatTheScenarioLeavesOfIt() {
    Member member = new Member("m", List.of(
        new Account("m1", 0, new TreeMap<>(Map.of("BTC", 1.0, "USDC", 5.0)), List.of(new Holding.Perpetual("BTC", 2)))));
    assertThat(run(List.of(DOWN), member).getFirst().losses().getFirst().held()).isCloseTo(80_000 - 60_000 - 5, offset(1e-6));
  }

  @Test
  void volatilityAloneMakesALoss() {
    Member member = member("m", RiskSamples.account("m1", 0,
        new Holding.Listed(RiskSamples.option("BTC-20260327-100000-C"), -1)));
    double still = run(List.of(scenario("still", 0, 1)), member).getFirst().losses().getFirst().held();
    double doubled = run(List.of(scenario("doubled", 0, 2)), member).getFirst().losses().getFirst().held();
    assertThat(doubled).isGreaterThan(1.8 * still);
  }

  @Test
  void fundIsTheTwoGreatestTogetherAndTheAddOn() {
    List<ScenarioResult> results = run(List.of(DOWN, UP),
        member("a", RiskSamples.account("a1", 0, new Holding.Perpetual("BTC", 1))),
        member("b", RiskSamples.account("b1", 0, new Holding.Perpetual("BTC", 0.5))),
        member("c", RiskSamples.account("c1", 0, new Holding.Perpetual("BTC", 0.25))),
        member("d", RiskSamples.account("d1", 0, new Holding.Perpetual("BTC", -1.5))));
    FundSize size = FundSize.of(results, Basis.HELD, 0.1);
    // Down: 40,000, 20,000, 10,000, 0. Up: 0, 0, 0, 45,000.
    assertThat(size.one().scenario()).isEqualTo("up");
    assertThat(size.one().amount()).isCloseTo(45_000, offset(1e-6));
    assertThat(size.two().scenario()).isEqualTo("down");
    assertThat(size.two().members()).extracting(MemberLoss::member).containsExactly("a", "b");
    assertThat(size.two().amount()).isCloseTo(60_000, offset(1e-6));
    assertThat(size.all().amount()).isCloseTo(70_000, offset(1e-6));
    assertThat(size.requirement()).isCloseTo(66_000, offset(1e-6));
  }

  @Test
  void ofEqualLossesTheFirstNamesBind() {
    FundSize size = FundSize.of(run(List.of(scenario("z", -0.4, 1), DOWN),
        member("b", RiskSamples.account("b1", 0, new Holding.Perpetual("BTC", 1))),
        member("c", RiskSamples.account("c1", 0, new Holding.Perpetual("BTC", 1))),
        member("a", RiskSamples.account("a1", 0, new Holding.Perpetual("BTC", 1)))), Basis.HELD, 0);
    assertThat(size.two().scenario()).isEqualTo("down");
    assertThat(size.two().members()).extracting(MemberLoss::member).containsExactly("a", "b");
  }

  @Test
  void nobodyLosesNobodyBinds() {
    FundSize size = FundSize.of(run(List.of(DOWN), member("a", RiskSamples.account("a1", 5))), Basis.HELD, 0.1);
    assertThat(size.two().members()).isEmpty();
    assertThat(size.requirement()).isZero();
  }

  @Test
  void whatIsContradictoryIsRefused() {
    Member a = member("a", RiskSamples.account("a1", 5));
    assertThatThrownBy(() -> run(List.of(DOWN, DOWN), a)).hasMessageContaining("\"down\" is given twice");
    assertThatThrownBy(() -> run(List.of(DOWN), a, a)).hasMessageContaining("member \"a\" is given twice");
    assertThatThrownBy(() -> run(List.of(DOWN), a, member("b", RiskSamples.account("a1", 5))))
        .hasMessageContaining("account \"a1\" is given twice");
    assertThatThrownBy(() -> scenario("x", -1, 1)).isInstanceOf(InvalidFigureException.class).hasMessageContaining("above -1");
    assertThatThrownBy(() -> scenario("x", 0, 0)).hasMessageStartingWith("volatility is 0.0");
    StressScenario onlyBitcoin =
        new StressScenario("only", "here", new TreeMap<>(Map.of("BTC", new StressScenario.Move(0.1, 1))));
    assertThatThrownBy(() -> run(List.of(onlyBitcoin), a)).hasMessageContaining("scenario only does not move ETH");
    assertThatThrownBy(() -> FundSize.of(List.of(), Basis.HELD, 0)).hasMessageContaining("scenarios are none");
    assertThatThrownBy(() -> new Member("m", List.of())).hasMessageContaining("accounts of m are none");
  }

  private static List<ScenarioResult> run(List<StressScenario> scenarios, Member... members) {
    return new StressTest(RiskSamples.PORTFOLIO, RiskSamples.MARKET, List.of(members)).run(scenarios);
  }

  private static Member member(String name, Account... accounts) {
    return new Member(name, List.of(accounts));
  }

  static StressScenario scenario(String name, double spot, double volatility) {
    return new StressScenario(name, "test", new TreeMap<>(Map.of("*", new StressScenario.Move(spot, volatility))));
  }
}
