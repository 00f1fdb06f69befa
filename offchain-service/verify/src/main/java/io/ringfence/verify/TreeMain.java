package io.ringfence.verify;

import io.ringfence.reserves.HashPath;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.Proof;
import io.ringfence.reserves.SumTree;
import io.ringfence.reserves.WireFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Builds trees of leaves in a file. Exit code 0: all of them; 1: something was refused, the other trees are done; 2: wrong usage. */
@Command(
    name = "tree",
    mixinStandardHelpOptions = true,
    description = {
      "For those who write a verifier of their own: builds the tree of each list of leaves in a file and prints one line of JSON for it:"
          + " root, totalCredit, totalDebit, depth, proofs.",
      "The file is {\"leaves\": [...]} or an array of such objects; a leaf is index, account, credit, debit, initialMargin,"
          + " maintenanceMargin, positionsHash, salt, and null where the index is released (docs/wire.md)."
    })
public final class TreeMain implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "a JSON file of leaves")
  private Path file;

  @Option(names = "--proof", split = ",", paramLabel = "INDEX",
      description = "proves these indices, in every tree that has them; for example 0,5")
  private List<Integer> indices = List.of();

  @Spec private CommandSpec spec;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new TreeMain()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    Set<Integer> unproven = new LinkedHashSet<>(indices);
    boolean refused = false;
    try (LeafFile trees = new LeafFile(file)) {
      for (boolean more = true; more;) {
        try {
          more = print(trees, unproven);
        } catch (WireFormatException badLeaf) {
          err.println("tree: " + file + ": " + trees.place() + ", " + badLeaf.getMessage());
          refused = true;
        }
      }
    } catch (InputException unreadable) {
      err.println("tree: " + file + ": " + unreadable.getMessage());
      refused = true;
    }
    if (!refused && !unproven.isEmpty()) {
      err.println("tree: " + file + ": no tree has " + (unproven.size() == 1 ? "index " : "indices ")
          + String.join(", ", unproven.stream().map(String::valueOf).toList()) + " that --proof asks for");
      refused = true;
    }
    err.flush();
    return refused ? 1 : 0;
  }

  private boolean print(LeafFile trees, Set<Integer> unproven) {
    List<Leaf> leaves = trees.next();
    if (leaves == null) {
      return false;
    }
    // Reading the file takes far longer than hashing: not worth an option of the virtual machine and its warning.
    SumTree tree = SumTree.of(leaves.size(), (index, target) -> pack(leaves.get(index), target), HashPath.SCALAR);
    List<Proof> proofs = new ArrayList<>();
    for (int index : indices) {
      if (index >= 0 && index < tree.accounts()) {
        proofs.add(tree.proof(index));
        unproven.remove(index);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(TreeJson.of(tree, proofs));
    out.flush();
    return true;
  }

  private static boolean pack(Leaf leaf, byte[] target) {
    if (leaf == null) {
      return false;
    }
    System.arraycopy(leaf.packed(), 0, target, 0, target.length);
    return true;
  }
}
