package io.ringfence.reserves;

/** How a tree hashes its nodes. The hashes are the same. */
public enum HashPath {
  /** With the Vector API, incubating in {@code jdk.incubator.vector}; where that is absent, as {@link #SCALAR}, and the log says so. */
  VECTOR,
  /** One after the other, by BouncyCastle. */
  SCALAR;

  private static final String MODULE = "jdk.incubator.vector";

  /** From here on a tree is worth the time that the compiler takes for vectors. */
  private static final int WORTH_VECTORS = 4096;

  /** The path for a tree with this many accounts. */
  static HashPath of(int accounts) {
    return accounts < WORTH_VECTORS ? SCALAR : VECTOR;
  }

  /** The kernel; a new one, for one thread at a time. */
  KeccakKernel kernel() {
    return switch (this) {
      case VECTOR -> vectorOrScalar();
      case SCALAR -> new ScalarKeccak();
    };
  }

  private static KeccakKernel vectorOrScalar() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      System.getLogger(HashPath.class.getName()).log(System.Logger.Level.WARNING,
          "A large tree is hashed without vectors, with the same hashes but ten times slower: start Java with --add-modules "
              + MODULE + ".");
      return new ScalarKeccak();
    }
    return new VectorKeccak();
  }
}
