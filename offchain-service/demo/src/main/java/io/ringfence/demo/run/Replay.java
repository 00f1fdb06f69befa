package io.ringfence.demo.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.encode.Call;
import io.ringfence.chain.type.AccountStatus;
import io.ringfence.demo.market.MarketStep;
import io.ringfence.demo.market.MarketTape;
import io.ringfence.demo.scenario.Funding;
import io.ringfence.demo.scenario.Role;
import io.ringfence.demo.scenario.Scenario;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Plays the recorded day, step by step. A step that was interrupted is played again: nothing in it happens twice. */
final class Replay {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration HALF = Duration.ofSeconds(150);
  private static final Duration STEP = Duration.ofMinutes(5);

  /**
   * Between these steps the market falls. The root in the making may have been frozen before the step's prices came, the next one has them,
   * and once the one after that is posted the service has acted on it.
   */
  private static final int FALL_BEGINS = 17;

  private static final int ROOTS_IN_A_FALL = 3;

  private static final int FALL_ENDS = 27;
  private static final int WITHDRAWALS = 4;
  private static final int SETTLING = 9;
  private static final int OVERTIME = 12;

  private final Stage stage;
  private final Scenario scenario;
  private final MarketTape tape;
  private final Clock clock;
  private final MarketFeed feed;
  private final Withdrawals withdrawals;
  private final Consumer<String> progress;
  private final StepWatcher watcher;

  /** Is told about each step. */
  interface StepWatcher {
    void step(MarketStep step, int steps, long root, List<String> troubled);
  }

  Replay(Stage stage, Scenario scenario, MarketTape tape, Consumer<String> progress, StepWatcher watcher) {
    this.stage = stage;
    this.scenario = scenario;
    this.tape = tape;
    this.clock = new Clock(stage);
    this.feed = new MarketFeed(stage);
    this.withdrawals = new Withdrawals(stage, progress);
    this.progress = progress;
    this.watcher = watcher;
  }

  /** Plays the steps that are left, and then goes on until nothing is open any more. */
  void play() {
    while (stage.state().get().nextStep() < tape.steps().size()) {
      int number = stage.state().get().nextStep();
      play(tape.steps().get(number));
      stage.state().nextStep(number + 1);
    }
    MarketStep last = tape.steps().getLast();
    for (int extra = 1; extra <= OVERTIME && !troubled().isEmpty(); extra++) {
      clock.moveTo(last.time().plus(STEP.multipliedBy(extra)));
      stage.awaitRoots(2);
      watcher.step(last, tape.steps().size(), stage.newestRoot(), troubled());
    }
    stage.cast().inRole(Role.DEFAULTS).forEach(this::takeHome);
  }

  private void play(MarketStep step) {
    clock.moveTo(step.time());
    topUp();
    feed.setFeeds(step, clock.shift());
    feed.sendPrices(step);
    feed.sendTrades(step, scenario.tradesAt(step.number()));
    boolean falling = step.number() >= FALL_BEGINS && step.number() <= FALL_ENDS;
    stage.awaitRoots(falling ? ROOTS_IN_A_FALL : 1);
    scripted(step.number());
    if (!troubled().isEmpty()) {
      half(step.time());
    }
    watcher.step(step, tape.steps().size(), stage.newestRoot(), troubled());
  }

  /** Deadlines that fall between two steps get their own look. */
  private void half(Instant time) {
    clock.moveTo(time.plus(HALF));
    stage.awaitRoots(ROOTS_IN_A_FALL);
  }

  private void scripted(int step) {
    switch (step) {
      case WITHDRAWALS -> {
        withdrawals.withConsent("iris", "USDC", new BigDecimal("10000"));
        withdrawals.refusedByVenue("elm", "USDC", new BigDecimal("85000"));
        withdrawals.byRequest("hazel", "WETH", new BigDecimal("5"));
        withdrawals.refusedByChain("amber", "USDC");
      }
      case SETTLING -> {
        stage.service().post(Stage.VENUE_PATH + "/epochs/settling", stage.state().get().apiKeys().get("operator"),
            JSON.createObjectNode().put("id", "settling-1")).good("a settling root");
        progress.accept("the venue asks for a settling root");
      }
      default -> {
        return;
      }
    }
  }

  /** Owners who were called at a step before this one pay in, by plain transfer from wherever their money is. */
  private void topUp() {
    for (Member member : stage.cast().inRole(Role.TOPS_UP)) {
      String id = "top-up:" + member.client().name();
      if (!stage.senders().knows(id) && stage.record(member.account()).status() == AccountStatus.CALLED) {
        Call transfer = stage.calls().transfer(
            stage.token("USDC").address(), member.account(), stage.units("USDC", Funding.TOP_UP));
        stage.senders().send(TestKeys.DEPLOYER, id, transfer);
        progress.accept(member.client().name() + " was called and pays in " + Funding.TOP_UP + " USDC");
      }
    }
  }

  private void takeHome(Member member) {
    if (stage.record(member.account()).venue() == 0) {
      withdrawals.takeSurplus(member);
    }
  }

  /** Names of those who are called, in default or leaving. */
  private List<String> troubled() {
    return stage.cast().all().stream()
        .filter(member -> switch (stage.record(member.account()).status()) {
          case CALLED, CLOSING_OUT, LOSS_FIXED, EXITING -> true;
          case UNPLEDGED, ACTIVE -> false;
        })
        .map(member -> member.client().name())
        .toList();
  }
}
