package io.ringfence.chain.sign;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.nio.file.Path;

/** A signer whose key was read from an encrypted keystore file and stays in this process's memory. */
public final class KeystoreSigner implements Signer {
  /** From a raw private key: the test keys of a local chain. */
  public static KeystoreSigner ofPrivateKey(BigInteger key) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a keystore V3 file.
   *
   * @param chainId the chain this key will sign for; a directory marked LOCAL-CHAIN-ONLY is refused for any but 31337
   * @throws io.ringfence.chain.keys.KeystoreException naming the file and what is wrong with it
   */
  public static KeystoreSigner load(Path keystore, Path passwordFile, long chainId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Address address() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Data sign(Bytes32 digest) {
    throw new UnsupportedOperationException();
  }
}
