package io.ringfence.demo.run;

import io.ringfence.audit.LedgerReader;
import io.ringfence.audit.Reconciliation;
import io.ringfence.audit.ReconcileMain;
import io.ringfence.audit.ServiceDatabase;
import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.type.Address;
import io.ringfence.demo.market.MarketTape;
import io.ringfence.demo.scenario.Scenario;
import io.ringfence.demo.story.DemoReport;
import io.ringfence.demo.story.LostTakes;
import io.ringfence.demo.story.Promise;
import io.ringfence.demo.story.Story;
import io.ringfence.demo.story.Timeline;
import io.ringfence.demo.system.DemoException;
import io.ringfence.demo.system.RunState;
import io.ringfence.demo.system.ServiceClient;
import io.ringfence.demo.system.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One demonstration from its first process to its report; begun anew, or gone on with from wherever it was left. */
public final class Run {

  private static final Instant DAWN = Instant.parse("2025-10-10T19:15:00Z");
  private static final int BLOCK_MILLIS = 250;
  private static final Duration EPOCH_INTERVAL = Duration.ofMillis(100);
  private static final Duration LEDGER_LIMIT = Duration.ofSeconds(60);
  private static final String KEEPER_MIN_PROFIT = "1000000";
  private static final String KEEPER_MAX_LOSS = "1000000000";

  private final Installation installation;
  private final Path directory;
  private final RunState state;
  private final LocalSystem system;
  private final Display display;
  private final TestKeys keys = new TestKeys();

  /** @param directory of the run */
  public Run(Installation installation, Path directory, RunState state, Display display) {
    this.installation = installation;
    this.directory = directory;
    this.state = state;
    this.system = new LocalSystem(installation, directory, state);
    this.display = display;
  }

  public LocalSystem system() {
    return system;
  }

  /**
   * Runs to the end.
   *
   * @param report where to write the result, if anywhere
   * @return whether everything agreed and everything promised happened
   */
  public boolean complete(Optional<Path> report) {
    system.begin();
    Deployment deployment = chain();
    JsonRpc rpc = new JsonRpc(deployment.rpc());
    Waiting waiting = new Waiting(system::requireNode);
    Contracts contracts = new Contracts(rpc, deployment);
    ContractWallets wallets = new ContractWallets(rpc, deployment.chainId(), keys, waiting, installation.walletArtifact());
    Scenario scenario = Scenario.load();
    Cast cast = new Cast(scenario, keys, wallets, contracts);
    try (Senders senders = new Senders(rpc, deployment.chainId(), keys, directory.resolve("transactions.jsonl"))) {
      ServiceClient service = service(cast);
      Stage stage = new Stage(
          rpc, deployment, contracts, new Calls(deployment), senders, cast, service, new Waiting(system::requireService), state);
      if (!state.get().ready()) {
        wallets.create(cast.walletKeys());
        prepare(stage);
        state.ready();
      }
      system.startKeepers(KEEPER_MIN_PROFIT, KEEPER_MAX_LOSS);
      new Replay(stage, scenario, MarketTape.load(), display::say, display::step).play();
      return conclude(stage, report);
    }
  }

  /** The run's chain: the one that runs, else a new one, made again from its recorded blocks if there are any. */
  private Deployment chain() {
    if (system.nodeRuns()) {
      return system.deployment();
    }
    display.say(system.hasHistory() ? "making the chain again, block for block ..." : "starting a local chain ...");
    return system.startNode(Optional.of(DAWN), BLOCK_MILLIS);
  }

  private ServiceClient service(Cast cast) {
    if (system.serviceRuns()) {
      return system.service();
    }
    ServiceClient service = system.startService(cast.get(Scenario.HOUSE).account(), EPOCH_INTERVAL);
    display.say("service ready: process %d; live status page %s/, API documentation %s/docs".formatted(
        system.servicePid(), service.base(), service.base()));
    return service;
  }

  private void prepare(Stage stage) {
    Preparation preparation = new Preparation(stage, keys, display::say);
    preparation.deposit();
    preparation.open();
    preparation.fund();
    preparation.issueKeys(system.adminKeyFile());
    preparation.pledge();
    stage.awaitRoots(1);
  }

  private boolean conclude(Stage stage, Optional<Path> reportFile) {
    Inclusion inclusion = Inclusion.check(stage);
    system.stopKeepers();
    long head = stage.head().number();
    Reconciliation reconciliation = reconcile(stage, head);
    Story story = Story.read(stage.rpc(), stage.deployment(), head);
    LostTakes lost = LostTakes.read(stage.rpc(), story, system);
    display.say("");
    display.say("What happened on 10 October 2025, as the chain tells it:");
    new Timeline(stage.rpc(), stage.deployment(), address -> name(stage.cast(), address)).lines(story).forEach(display::say);
    display.say("");
    display.say("keepers: " + lost.sentence());
    display.say("inclusion: %s found its leaf in the newest root; %s with one unit more of credit was refused with %s".formatted(
        inclusion.verifiedBy(), inclusion.forgedBy(), inclusion.error()));
    display.say("reconciliation: " + ReconcileMain.table(reconciliation).strip());
    List<String> broken = Promise.broken(story, lost.count());
    broken.forEach(sentence -> display.say("NOT SHOWN: " + sentence));
    long seconds = (System.currentTimeMillis() - state.get().startedAtMillis()) / 1000;
    reportFile.ifPresent(file -> write(file, DemoReport.of(story, reconciliation, inclusion, seconds).toPrettyString()));
    boolean good = reconciliation.clean() && broken.isEmpty() && inclusion.verified() && inclusion.forgedRejected();
    display.say(good ? "everything agrees, to the last unit (%d s)".formatted(seconds) : "this run FAILED (%d s)".formatted(seconds));
    return good;
  }

  /** Waits until the ledger has come to {@code head}; the service goes on, so both sides are read at whatever block it is at then. */
  private Reconciliation reconcile(Stage stage, long head) {
    LedgerReader ledger = new LedgerReader(ServiceDatabase.url(system.dataDirectory()));
    stage.waiting().untilTrue("the ledger to come to block " + head, LEDGER_LIMIT, () -> ledger.read().blockNumber() >= head);
    return Reconciliation.run(ledger, stage.rpc(), stage.deployment());
  }

  private String name(Cast cast, Address address) {
    if (address.equals(keys.signer(TestKeys.KEEPER_1).address())) {
      return "keeper-1";
    }
    return address.equals(keys.signer(TestKeys.KEEPER_2).address()) ? "keeper-2" : cast.nameOf(address);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text + "\n");
    } catch (IOException unwritable) {
      throw new DemoException("the report " + file + " cannot be written: " + unwritable.getMessage(), unwritable);
    }
  }
}
