package io.ringfence.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import jdk.incubator.vector.DoubleVector;

/**
 * What a run was made on.
 *
 * @param processor its model, as the operating system names it
 * @param cores how many the run could use
 * @param lanes doubles in a vector
 * @param java the virtual machine
 * @param load programs that wanted to run in the minute before, on average; above zero, others took part of the machine
 */
record Machine(String processor, int cores, int lanes, String java, double load) {

  static Machine here() {
    return new Machine(
        processorHere(),
        Runtime.getRuntime().availableProcessors(),
        DoubleVector.SPECIES_PREFERRED.length(),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String processorHere() {
    Path description = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(description)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(description)) {
      String family = "";
      String name = System.getProperty("os.arch");
      for (String line : lines.toList()) {
        String value = line.substring(line.indexOf(':') + 1).trim();
        if (line.startsWith("model name")) {
          name = value;
        } else if (line.startsWith("cpu family")) {
          family = ", family " + value;
        }
      }
      return name + family;
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
