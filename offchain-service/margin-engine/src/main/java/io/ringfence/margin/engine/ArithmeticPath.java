package io.ringfence.margin.engine;

/** How columns are added. The results are the same to the bit. */
public enum ArithmeticPath {
  /** With the Vector API, incubating in {@code jdk.incubator.vector}; where that is absent, as {@link #SCALAR}, and the log says so. */
  VECTOR,
  /** In plain loops. */
  SCALAR;

  private static final String MODULE = "jdk.incubator.vector";

  /** The kernel; a new one, without state. */
  ScenarioKernel kernel() {
    return switch (this) {
      case VECTOR -> vectorOrScalar();
      case SCALAR -> new ScalarKernel();
    };
  }

  private static ScenarioKernel vectorOrScalar() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      System.getLogger(ArithmeticPath.class.getName()).log(System.Logger.Level.WARNING,
          "The margin engine computes without vectors, with the same results but slower: start Java with --add-modules " + MODULE + ".");
      return new ScalarKernel();
    }
    return new VectorKernel();
  }
}
