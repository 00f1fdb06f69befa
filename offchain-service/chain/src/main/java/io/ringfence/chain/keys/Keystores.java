package io.ringfence.chain.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.WalletFile;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Encrypted keystore files, version 3 (scrypt or PBKDF2, AES-128-CTR). */
public final class Keystores {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Keystores() {}

  /**
   * Decrypts a private key.
   *
   * @param passwordFile holds the password; a line end after it does not count
   * @param chainId the chain the key will sign for
   * @throws KeystoreException naming the file and what is wrong with it
   */
  public static BigInteger load(Path keystore, Path passwordFile, long chainId) {
    LocalOnly.check(keystore, chainId);
    String password = password(passwordFile);
    WalletFile wallet;
    try {
      wallet = JSON.readValue(text(keystore, "the keystore"), WalletFile.class);
    } catch (JacksonException noKeystore) {
      throw new KeystoreException(keystore + " is no keystore file: " + noKeystore.getOriginalMessage(), noKeystore);
    }
    try {
      ECKeyPair key = Wallet.decrypt(password, wallet);
      return key.getPrivateKey();
    } catch (CipherException wrong) {
      throw new KeystoreException(keystore + " does not open with the password in " + passwordFile + ": " + wrong.getMessage(), wrong);
    } catch (RuntimeException incomplete) {
      throw new KeystoreException(keystore + " is no complete keystore file of version 3", incomplete);
    }
  }

  /** The password in a file, without the line end. */
  static String password(Path passwordFile) {
    String password = text(passwordFile, "the password file").stripTrailing();
    if (password.isEmpty()) {
      throw new KeystoreException("the password file " + passwordFile + " is empty", null);
    }
    return password;
  }

  private static String text(Path file, String what) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new KeystoreException("cannot read " + what + " " + file, unreadable);
    }
  }
}
