package io.ringfence.verify;

import io.ringfence.chain.read.CallRefusedException;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.type.Address;
import io.ringfence.reserves.ProofFile;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A client's verifier. Exit code 0: every check passed; 1: one did not, or could not be made; 2: wrong usage. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks a proof file against the chain: that its header was posted and follows the one before, is of this chain and signed, and that"
          + " the leaf is in its tree with sums that add up. Stops at the first check that does not pass, and says what that means.",
      "Trusts the node and the vault's address, so take a node of your choice and the address that you pledged to. Nothing is sent."
    })
public final class VerifyMain implements Callable<Integer> {

  @Option(names = "--rpc", required = true, paramLabel = "URL", description = "an Ethereum node's JSON-RPC")
  private URI rpc;

  @Option(names = "--vault", required = true, paramLabel = "ADDRESS", description = "the vault that the account is pledged in")
  private String vault;

  @Option(names = "--proof", required = true, paramLabel = "FILE", description = "the proof file that the venue gave you (docs/wire.md)")
  private Path file;

  @Spec private CommandSpec spec;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new VerifyMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Address address = vaultAddress();
    try {
      ProofFile proof = ProofJson.read(file);
      ProofVerifier verifier = new ProofVerifier(rpc, address);
      for (Check check : Check.values()) {
        verifier.check(check, proof);
        out.println("ok      " + check + ": " + check.passed());
        out.flush();
      }
      Standing.print(verifier.contracts(), proof, out);
      out.flush();
      return 0;
    } catch (CheckFailedException failed) {
      out.println("FAILED  " + failed.check() + ": " + failed.getMessage());
      out.println("        which means: " + failed.check().failed());
      out.flush();
    } catch (InputException | RpcException | CallRefusedException unchecked) {
      err.println("verify: " + (unchecked instanceof InputException ? file + ": " : "") + unchecked.getMessage());
      err.flush();
    }
    return 1;
  }

  private Address vaultAddress() {
    try {
      return new Address(vault);
    } catch (IllegalArgumentException notAnAddress) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--vault: " + notAnAddress.getMessage());
    }
  }
}
