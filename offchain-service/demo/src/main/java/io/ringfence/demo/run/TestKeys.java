package io.ringfence.demo.run;

import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.sign.Signer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.MnemonicUtils;

/** The accounts every local chain funds: their keys are known to everybody and worth nothing anywhere else. */
public final class TestKeys {

  /** Numbers of the roles that the driver acts for. */
  public static final int DEPLOYER = 0;

  public static final int VENUE = 1;
  public static final int KEEPER_1 = 6;
  public static final int KEEPER_2 = 7;
  public static final int MEMBER_1 = 9;

  private static final String MNEMONIC = "test test test test test test test test test test test junk";
  private static final int HARDENED = Bip32ECKeyPair.HARDENED_BIT;

  private final Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(MNEMONIC, ""));
  private final Map<Integer, Signer> signers = new ConcurrentHashMap<>();

  /** The signer of account {@code number}. */
  public Signer signer(int number) {
    return signers.computeIfAbsent(number, n -> KeystoreSigner.ofPrivateKey(keyPair(n).getPrivateKey()));
  }

  /** The key pair of account {@code number}, for a transaction that creates a contract. */
  Bip32ECKeyPair keyPair(int number) {
    return Bip32ECKeyPair.deriveKeyPair(master, new int[] {44 | HARDENED, 60 | HARDENED, HARDENED, 0, number});
  }
}
