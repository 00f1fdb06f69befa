package io.ringfence.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.deploy.Deployment;
import io.ringfence.chain.deploy.DeploymentException;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RpcException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares a ledger with the chain. Exit code 0: they agree; 1: they do not, or could not be compared; 2: wrong usage. */
@Command(
    name = "reconcile",
    mixinStandardHelpOptions = true,
    description = "Compares every account, pool and tranche of a ledger with the chain, to the last unit. Exits 1 on any difference.")
public final class ReconcileMain implements Callable<Integer> {

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** Either the directory of a run, or where ledger and deployment are. */
  private static final class Source {
    @Option(names = "--run", required = true, paramLabel = "DIR",
        description = "the directory of a run of ./ringfence demo or up, whose chain and database run (./ringfence up --run DIR)")
    private Path run;

    @ArgGroup(exclusive = false)
    private Places places;

    Path deployment() {
      return run == null ? places.deployment : run.resolve("deployment.json");
    }

    String jdbc() {
      return run == null ? places.jdbc : ServiceDatabase.url(run.resolve("data"));
    }
  }

  private static final class Places {
    @Option(names = "--jdbc", required = true, paramLabel = "URL",
        description = "the service's database, for example jdbc:postgresql://127.0.0.1:5432/ringfence?user=ringfence")
    private String jdbc;

    @Option(names = "--deployment", required = true, paramLabel = "FILE", description = "the deployment's JSON")
    private Path deployment;
  }

  @Option(names = "--rpc", paramLabel = "URL", description = "a node to ask; the deployment's own by default")
  private URI rpc;

  @Option(names = "--json", paramLabel = "FILE", description = "also write the result here")
  private Path json;

  @Spec private CommandSpec spec;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ReconcileMain()).setExecutionExceptionHandler((failure, line, parsed) -> {
      if (failure instanceof AuditException || failure instanceof RpcException || failure instanceof DeploymentException
          || failure instanceof IOException) {
        line.getErr().println("reconcile: " + failure.getMessage());
        return 1;
      }
      throw failure;
    });
  }

  @Override
  public Integer call() throws IOException {
    Deployment deployment = Deployment.read(source.deployment());
    JsonRpc node = new JsonRpc(rpc == null ? deployment.rpc() : rpc);
    Reconciliation result = Reconciliation.run(new LedgerReader(source.jdbc()), node, deployment);
    PrintWriter out = spec.commandLine().getOut();
    out.print(table(result));
    out.flush();
    if (json != null) {
      Files.writeString(json, toJson(result).toPrettyString() + "\n");
    }
    return result.clean() ? 0 : 1;
  }

  /** The result for a reader: one line when everything agrees, else a line for each difference. */
  public static String table(Reconciliation result) {
    StringBuilder text = new StringBuilder();
    for (Mismatch mismatch : result.mismatches()) {
      text.append(
          "%s of %s: ledger %s, chain %s, difference %s%n".formatted(
              mismatch.line().asset(), mismatch.line().account(), mismatch.ledger(), mismatch.chain(), mismatch.difference()));
    }
    for (Ledger.Unbalanced entry : result.unbalanced()) {
      text.append(
          "journal entry %d does not balance: its postings of %s sum to %s%n".formatted(entry.journal(), entry.asset(), entry.sum()));
    }
    return text.append(
            "%d balances checked at block %d: %d mismatches, %d unbalanced entries%n".formatted(
                result.checked(), result.blockNumber(), result.mismatches().size(), result.unbalanced().size()))
        .toString();
  }

  private static ObjectNode toJson(Reconciliation result) {
    ObjectNode root = new ObjectMapper().createObjectNode();
    root.put("block", result.blockNumber()).put("checked", result.checked());
    ArrayNode mismatches = root.putArray("mismatches");
    for (Mismatch mismatch : result.mismatches()) {
      mismatches.addObject()
          .put("account", mismatch.line().account())
          .put("asset", mismatch.line().asset())
          .put("ledger", mismatch.ledger().toString())
          .put("chain", mismatch.chain().toString());
    }
    ArrayNode unbalanced = root.putArray("unbalanced");
    for (Ledger.Unbalanced entry : result.unbalanced()) {
      unbalanced.addObject().put("journal", entry.journal()).put("asset", entry.asset()).put("sum", entry.sum().toString());
    }
    return root;
  }
}
