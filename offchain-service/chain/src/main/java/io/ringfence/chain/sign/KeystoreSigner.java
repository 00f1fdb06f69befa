package io.ringfence.chain.sign;

import io.ringfence.chain.keys.Keystores;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.nio.file.Path;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;

/** A signer whose key was read from an encrypted keystore file and stays in this process's memory. */
public final class KeystoreSigner implements Signer {
  private final ECKeyPair key;
  private final Address address;

  private KeystoreSigner(ECKeyPair key) {
    this.key = key;
    this.address = new Address(Credentials.create(key).getAddress());
  }

  /** From a raw private key: the test keys of a local chain. */
  public static KeystoreSigner ofPrivateKey(BigInteger key) {
    return new KeystoreSigner(ECKeyPair.create(key));
  }

  /**
   * Reads a keystore V3 file.
   *
   * @param chainId the chain this key will sign for; a directory marked LOCAL-CHAIN-ONLY is refused for any but 31337
   * @throws io.ringfence.chain.keys.KeystoreException naming the file and what is wrong with it
   */
  public static KeystoreSigner load(Path keystore, Path passwordFile, long chainId) {
    return ofPrivateKey(Keystores.load(keystore, passwordFile, chainId));
  }

  @Override
  public Address address() {
    return address;
  }

  @Override
  public Data sign(Bytes32 digest) {
    Sign.SignatureData signature = Sign.signMessage(digest.bytes(), key, false);
    byte[] bytes = new byte[65];
    System.arraycopy(signature.getR(), 0, bytes, 0, 32);
    System.arraycopy(signature.getS(), 0, bytes, 32, 32);
    bytes[64] = signature.getV()[0];
    return Data.of(bytes);
  }

  /** The address alone: a key is never printed. */
  @Override
  public String toString() {
    return "signer of " + address;
  }
}
