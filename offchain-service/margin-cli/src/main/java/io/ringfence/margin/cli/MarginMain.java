package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Computes margins of files. Exit code 0: all of them; 1: not all, the others are done; 2: wrong usage. */
@Command(
    name = "margin",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the initial and maintenance margin of each file and prints one line of JSON for it: file, im, mm, markToMarket, worst,"
          + " breakdown. Margins of zero or more pass.",
      "Reads the format of docs/margin.md (standard and portfolio margin) and PM2 cases. What cannot be computed is named on standard"
          + " error, and the exit code is 1."
    })
public final class MarginMain implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "a JSON file with one portfolio")
  private List<Path> files;

  @Spec private CommandSpec spec;

  /** Runs the command line. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new MarginMain()).execute(arguments));
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    int exit = 0;
    for (Path file : files) {
      try {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("file", file.toString());
        line.setAll(InputFiles.compute(file));
        out.println(line);
        out.flush();
      } catch (InputException refused) {
        err.println("margin: " + file + ": " + refused.getMessage());
        err.flush();
        exit = 1;
      } catch (OutOfMemoryError tooLarge) {
        // What was read of the file is free again by now.
        err.println("margin: " + file + ": the file takes more memory than Java has; give it more, as RINGFENCE_JAVA_OPTS=-Xmx8g");
        err.flush();
        exit = 1;
      }
    }
    return exit;
  }
}
