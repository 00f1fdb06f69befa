package io.ringfence.keeper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.deploy.DeploymentException;
import io.ringfence.chain.encode.Calls;
import io.ringfence.chain.keys.KeystoreException;
import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.read.Contracts;
import io.ringfence.chain.rpc.BlockRef;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.sign.Signer;
import io.ringfence.chain.tx.FileIntentStore;
import io.ringfence.chain.tx.Outcome;
import io.ringfence.chain.tx.TransactionManager;
import io.ringfence.chain.tx.TransactionSettings;
import io.ringfence.chain.type.Address;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a keeper until it is told to stop or has lost as much as it may. Exit code 0: told to stop; 3: the loss limit; 1: cannot run. */
@Command(
    name = "keeper",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Buys defaulters' collateral at auction when that pays. Amounts are smallest units of the venue's settlement asset.")
public final class KeeperMain implements Callable<Integer> {

  private static final int LOSS_LIMIT = 3;
  private static final long STOP_SECONDS = 15;
  private static final BigInteger UNLIMITED = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  @Option(names = "--rpc", paramLabel = "URL", description = "the node; the deployment's own by default")
  private URI rpcUrl;

  @Option(names = "--deployment", required = true, paramLabel = "FILE", description = "the deployment's JSON")
  private Path deploymentFile;

  @Option(names = "--venue", defaultValue = "1", paramLabel = "ID", description = "whose lots (default: ${DEFAULT-VALUE})")
  private long venue;

  @Option(names = "--keystore", required = true, paramLabel = "FILE", description = "the keeper's key, keystore V3")
  private Path keystore;

  @Option(names = "--password-file", required = true, paramLabel = "FILE", description = "its password")
  private Path passwordFile;

  @Option(names = "--dry-run", description = "say what would be taken, send nothing")
  private boolean dryRun;

  @Option(names = "--min-profit", defaultValue = "1", paramLabel = "UNITS",
      description = "least expected profit of a take, after gas (default: ${DEFAULT-VALUE})")
  private BigInteger minProfit;

  @Option(names = "--max-loss", defaultValue = "100000000", paramLabel = "UNITS",
      description = "stop when more than this is lost in all (default: ${DEFAULT-VALUE})")
  private BigInteger maxLoss;

  @Option(names = "--max-inventory", paramLabel = "UNITS", description = "most collateral taken in all, at live prices (default: no limit)")
  private BigInteger maxInventory;

  @Option(names = "--state", paramLabel = "FILE", description = "where transactions survive a restart (default: keeper-ADDRESS.jsonl here)")
  private Path state;

  @Option(names = "--report", paramLabel = "FILE", description = "written when the keeper stops")
  private Path report;

  @Option(names = "--poll-ms", defaultValue = "100", paramLabel = "MS",
      description = "pause between looks at the chain (default: ${DEFAULT-VALUE})")
  private long pollMillis;

  private final CountDownLatch stop = new CountDownLatch(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Journal journal = new Journal(System.out);

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new KeeperMain()).setExecutionExceptionHandler((failure, command, parsed) -> {
      if (failure instanceof RpcException || failure instanceof DeploymentException || failure instanceof KeystoreException
          || failure instanceof CallRefusedException || failure instanceof IllegalArgumentException || failure instanceof IOException) {
        command.getErr().println("keeper: " + failure.getMessage());
        return 1;
      }
      throw failure;
    });
  }

  @Override
  public Integer call() throws IOException {
    Limits limits = new Limits(minProfit, maxLoss, maxInventory == null ? UNLIMITED : maxInventory);
    Deployment deployment = Deployment.read(deploymentFile);
    JsonRpc rpc = new JsonRpc(rpcUrl == null ? deployment.rpc() : rpcUrl);
    long chainId = rpc.chainId();
    if (chainId != deployment.chainId()) {
      throw new IllegalArgumentException("the node is on chain " + chainId + " and the deployment on " + deployment.chainId());
    }
    Signer signer = KeystoreSigner.load(keystore, passwordFile, chainId);
    ProfitBook book = new ProfitBook(limits);
    Scout scout = new Scout(rpc, deployment, venue);
    Path file = state == null ? Path.of("keeper-" + signer.address() + ".jsonl") : state;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
    try (FileIntentStore store = dryRun ? null : new FileIntentStore(file)) {
      Optional<TransactionManager> sender =
          Optional.ofNullable(store).map(kept -> new TransactionManager(rpc, chainId, signer, kept, TransactionSettings.LOCAL));
      sender.ifPresent(manager -> allow(manager, rpc, deployment, scout, book));
      journal.write("started", "keeper", signer.address(), "venue", venue, "dryRun", dryRun);
      run(rpc, book, new Keeper(scout, limits, book, new Calls(deployment), sender, journal));
    } finally {
      writeReport(signer.address(), book);
      stopped.countDown();
    }
    return book.lossLimitReached() ? LOSS_LIMIT : 0;
  }

  private void run(JsonRpc rpc, ProfitBook book, Keeper keeper) {
    long seen = -1;
    while (!paused() && !book.lossLimitReached()) {
      try {
        BlockRef block = rpc.block(BlockTag.LATEST).orElseThrow();
        if (block.number() != seen) {
          seen = block.number();
          keeper.work(block);
        }
      } catch (RpcException.Unreachable away) {
        journal.write("node-away", "reason", away.getMessage());
      }
    }
    if (book.lossLimitReached()) {
      journal.write("loss-limit", "profit", book.profit(), "maxLoss", maxLoss);
    }
  }

  /** The vault pulls payments, so it is allowed to: once, without limit; the keeper's own limits decide what it buys. */
  private void allow(TransactionManager manager, JsonRpc rpc, Deployment deployment, Scout scout, ProfitBook book) {
    manager.resume();
    Address vault = deployment.vault();
    BigInteger allowed = new Contracts(rpc, deployment).token(scout.settlementAsset()).allowance(manager.sender(), vault);
    if (allowed.compareTo(UNLIMITED.shiftRight(1)) >= 0) {
      return;
    }
    String id = "allow-" + scout.settlementAsset() + "-" + rpc.nonce(manager.sender());
    Outcome outcome = manager.send(id, new Calls(deployment).approve(scout.settlementAsset(), vault, UNLIMITED));
    if (!outcome.success()) {
      throw new IllegalArgumentException("the settlement asset refuses an allowance for the vault: " + outcome.revert().orElse(null));
    }
    BlockRef block = rpc.block(BlockTag.LATEST).orElseThrow();
    outcome.receipt().ifPresent(receipt ->
        book.spent(scout.inSettlementUnits(receipt.effectiveGasPrice().multiply(BigInteger.valueOf(receipt.gasUsed())), block)));
  }

  /** Waits for the next look; true when the keeper is to stop. */
  private boolean paused() {
    try {
      return stop.await(pollMillis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** A signal ends the loop after the take in hand; the report is written before the process goes. */
  private void stopAndWait() {
    stop.countDown();
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        journal.write("stopped-without-report");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void writeReport(Address keeper, ProfitBook book) {
    ObjectNode result = new ObjectMapper().createObjectNode();
    result.put("keeper", keeper.hex()).put("taken", book.taken()).put("lost", book.lost());
    result.put("received", book.received().toString()).put("paid", book.paid().toString());
    result.put("gas", book.gas().toString()).put("profit", book.profit().toString());
    journal.write("stopped", "taken", book.taken(), "lost", book.lost(), "profit", book.profit());
    if (report != null) {
      try {
        Files.writeString(report, result.toPrettyString() + "\n");
      } catch (IOException unwritable) {
        throw new UncheckedIOException("the report " + report + " cannot be written", unwritable);
      }
    }
  }
}
