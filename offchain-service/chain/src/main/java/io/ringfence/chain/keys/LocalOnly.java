package io.ringfence.chain.keys;

import java.nio.file.Files;
import java.nio.file.Path;

/** Keys that everybody knows sign for the local chain and no other. */
public final class LocalOnly {
  /** EIP-155 id of the local chain. */
  public static final long LOCAL_CHAIN = 31337;

  /** Name of the file that marks a directory of such keys. */
  public static final String MARKER = "LOCAL-CHAIN-ONLY";

  private LocalOnly() {}

  /**
   * Refuses a keystore from a marked directory on any chain but the local one.
   *
   * @throws KeystoreException saying so
   */
  public static void check(Path keystore, long chainId) {
    Path directory = keystore.toAbsolutePath().normalize().getParent();
    if (chainId != LOCAL_CHAIN && directory != null && Files.exists(directory.resolve(MARKER))) {
      throw new KeystoreException(keystore + " is a key of the local chain that everybody knows, and chain " + chainId
          + " is not the local one (" + LOCAL_CHAIN + "): use a key of your own", null);
    }
  }
}
