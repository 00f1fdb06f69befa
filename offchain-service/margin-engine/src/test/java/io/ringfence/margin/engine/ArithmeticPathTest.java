package io.ringfence.margin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without the Vector API the engine computes all the same, and says so. */
class ArithmeticPathTest {

  /** Run by the test in a virtual machine of its own. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) {
      System.out.println(ArithmeticPath.VECTOR.kernel().getClass().getSimpleName());
    }
  }

  private static String run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Program.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void fallsBackWithOneLineInTheLog() throws Exception {
    assertThat(run()).contains("ScalarKernel").contains("computes without vectors").contains("--add-modules jdk.incubator.vector");
    assertThat(run("--add-modules", "jdk.incubator.vector")).contains("VectorKernel").doesNotContain("without vectors");
  }
}
