package io.ringfence.chain.keys;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.web3j.crypto.Bip32ECKeyPair;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.MnemonicUtils;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Makes encrypted keystore files, one per role: account N of a mnemonic, {@code m/44'/60'/0'/0/N}. */
public final class KeystoreTool {
  /** The roles of a local deployment, in the order of its accounts. */
  public static final List<String> ROLES = List.of("deployer", "venue", "venue-operator", "attestor-1", "attestor-2", "attestor-3",
      "keeper-1", "keeper-2", "guardian", "member-1", "member-2");

  private static final String LOCAL_MNEMONIC = "test test test test test test test test test test test junk";
  private static final String USAGE = """
      usage: keys make DIR --password-file FILE [--mnemonic "WORDS"] [ROLE...]
        makes DIR/ROLE.json for each role, account N of the mnemonic being the Nth role's
        without --mnemonic: the one every local node uses, and DIR is marked for the local chain only
        roles by default: %s""".formatted(String.join(" ", ROLES));
  private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
  private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private KeystoreTool() {}

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  /** Runs the command; 0: done, 1: failed, 2: not understood. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      Request request = Request.parse(arguments);
      make(request, out);
      return 0;
    } catch (IllegalArgumentException notUnderstood) {
      err.println("keys: " + notUnderstood.getMessage());
      err.println(USAGE);
      return 2;
    } catch (KeystoreException | IOException failed) {
      err.println("keys: " + failed.getMessage());
      return 1;
    }
  }

  private record Request(Path directory, Path passwordFile, String mnemonic, boolean local, List<String> roles) {
    static Request parse(List<String> arguments) {
      if (arguments.size() < 2 || !arguments.getFirst().equals("make")) {
        throw new IllegalArgumentException("expected: make DIR");
      }
      Path directory = Path.of(arguments.get(1));
      Path passwordFile = null;
      String mnemonic = null;
      List<String> roles = new ArrayList<>();
      for (int i = 2; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        if (argument.equals("--password-file")) {
          passwordFile = Path.of(value(arguments, ++i, argument));
        } else if (argument.equals("--mnemonic")) {
          mnemonic = value(arguments, ++i, argument);
        } else if (argument.matches("[a-z][a-z0-9-]*")) {
          roles.add(argument);
        } else {
          throw new IllegalArgumentException("neither an option nor a role: " + argument);
        }
      }
      if (passwordFile == null) {
        throw new IllegalArgumentException("--password-file is missing");
      }
      if (mnemonic != null && !MnemonicUtils.validateMnemonic(mnemonic)) {
        throw new IllegalArgumentException("--mnemonic is no BIP-39 mnemonic");
      }
      return new Request(directory, passwordFile, mnemonic == null ? LOCAL_MNEMONIC : mnemonic, mnemonic == null
          || mnemonic.equals(LOCAL_MNEMONIC), roles.isEmpty() ? ROLES : List.copyOf(roles));
    }

    private static String value(List<String> arguments, int position, String option) {
      if (position >= arguments.size()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      return arguments.get(position);
    }
  }

  private static void make(Request request, PrintStream out) throws IOException {
    String password = Keystores.password(request.passwordFile());
    Files.createDirectories(request.directory());
    if (request.local()) {
      Files.writeString(request.directory().resolve(LocalOnly.MARKER), "The keys in this directory are known to everybody. "
          + "Programs refuse them on any chain id but " + LocalOnly.LOCAL_CHAIN + ".\n");
    }
    Bip32ECKeyPair master = Bip32ECKeyPair.generateKeyPair(MnemonicUtils.generateSeed(request.mnemonic(), ""));
    for (int account = 0; account < request.roles().size(); account++) {
      Bip32ECKeyPair key = Bip32ECKeyPair.deriveKeyPair(master, path(account));
      Path file = request.directory().resolve(request.roles().get(account) + ".json");
      write(file, encrypted(password, key, request.local()));
      out.println(file + "  " + Credentials.create(key).getAddress());
    }
  }

  private static int[] path(int account) {
    return new int[] {44 | Bip32ECKeyPair.HARDENED_BIT, 60 | Bip32ECKeyPair.HARDENED_BIT, Bip32ECKeyPair.HARDENED_BIT, 0, account};
  }

  /** Local keys, which everybody has, are made to load quickly; others to resist guessing. */
  private static byte[] encrypted(String password, Bip32ECKeyPair key, boolean local) {
    try {
      return JSON.writeValueAsBytes(local ? Wallet.createLight(password, key) : Wallet.createStandard(password, key));
    } catch (CipherException unavailable) {
      throw new KeystoreException("cannot encrypt: " + unavailable.getMessage(), unavailable);
    }
  }

  /** Readable by its owner alone from its first byte on. */
  private static void write(Path file, byte[] content) throws IOException {
    Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".part",
        PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.write(fresh, content);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
