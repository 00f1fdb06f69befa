package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without the Vector API large trees are built all the same, and the log says so; small ones never ask for it. */
class HashPathTest {

  /** Run by the test in a virtual machine of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      int accounts = Integer.parseInt(arguments[0]);
      SumTree tree = SumTree.of(accounts, List.of());
      System.out.println(tree.root().equals(SumTree.emptySubtree(tree.depth())) ? "the empty subtree" : "something else");
    }
  }

  private static String run(int accounts, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName(), Integer.toString(accounts)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void fallsBackWithOneLineInTheLog() throws Exception {
    assertThat(run(8192)).contains("the empty subtree").contains("without vectors").contains("--add-modules jdk.incubator.vector");
    assertThat(run(8192, "--add-modules", "jdk.incubator.vector")).contains("the empty subtree").doesNotContain("without vectors");
    assertThat(run(8)).contains("the empty subtree").doesNotContain("without vectors");
  }
}
