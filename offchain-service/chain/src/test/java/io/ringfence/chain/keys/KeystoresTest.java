package io.ringfence.chain.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.chain.sign.KeystoreSigner;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.type.Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoresTest {
  @TempDir
  private Path directory;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private Path password;

  @BeforeEach
  void password() throws IOException {
    password = Files.writeString(directory.resolve("password.txt"), "open sesame\n");
  }

  private int keys(String... arguments) {
    PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
    return KeystoreTool.run(List.of(arguments), stream, stream);
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Test
  void opensTheExampleKeysOnTheLocalChain() {
    assertThat(NodeProcess.role("deployer").address()).isEqualTo(new Address("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266"));
    assertThat(NodeProcess.role("member-2").address()).isEqualTo(new Address("0xbcd4042de499d14e55001ccbb24a551f3b954096"));
  }

  @Test
  void refusesTheExampleKeysOnAnyOtherChain() {
    Path keys = NodeProcess.repository().resolve("keys-example");
    assertThatThrownBy(() -> KeystoreSigner.load(keys.resolve("venue.json"), keys.resolve("password.txt"), 1))
        .isInstanceOf(KeystoreException.class).hasMessageContaining("chain 1 is not the local one (31337)");
  }

  @Test
  void makesTheSameKeysAgainForTheirOwnersEyesAlone() throws IOException {
    Path made = directory.resolve("made");
    assertThat(keys("make", made.toString(), "--password-file", password.toString(), "deployer", "venue")).isZero();

    assertThat(KeystoreSigner.load(made.resolve("venue.json"), password, 31337).address())
        .isEqualTo(NodeProcess.role("venue").address());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.resolve("venue.json")))).isEqualTo("rw-------");
    assertThat(made.resolve(LocalOnly.MARKER)).exists();
    assertThat(made.resolve("keeper-1.json")).doesNotExist();
    assertThat(said()).contains("0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    try (var files = Files.list(made)) {
      assertThat(files.filter(file -> file.toString().endsWith(".part"))).isEmpty();
    }
  }

  @Test
  void marksNoKeysOfAMnemonicOfYourOwn() {
    Path made = directory.resolve("own");
    String own = "legal winner thank year wave sausage worth useful legal winner thank yellow";
    assertThat(keys("make", made.toString(), "--password-file", password.toString(), "--mnemonic", own, "venue")).isZero();
    assertThat(made.resolve(LocalOnly.MARKER)).doesNotExist();
    assertThat(KeystoreSigner.load(made.resolve("venue.json"), password, 1).address()).isNotEqualTo(NodeProcess.role("deployer").address());
  }

  @Test
  void saysWhatIsWrongWithACommand() {
    assertThat(keys("make", "x")).isEqualTo(2);
    assertThat(said()).contains("--password-file is missing").contains("usage:");
    assertThat(keys("make", "x", "--password-file", password.toString(), "--mnemonic", "not a mnemonic")).isEqualTo(2);
    assertThat(said()).contains("no BIP-39 mnemonic");
    assertThat(keys("make", "x", "--password-file", password.toString(), "../evil")).isEqualTo(2);
    assertThat(keys("make", "x", "--password-file", directory.resolve("absent").toString())).isEqualTo(1);
    assertThat(said()).contains("cannot read the password file");
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path keystore = directory.resolve("venue.json");
    assertThatThrownBy(() -> Keystores.load(keystore, password, 1)).isInstanceOf(KeystoreException.class)
        .hasMessageContaining("cannot read the keystore");
    Files.writeString(keystore, "{\"version\": 3");
    assertThatThrownBy(() -> Keystores.load(keystore, password, 1)).isInstanceOf(KeystoreException.class)
        .hasMessageContaining("is no keystore file");
    Files.writeString(keystore, "{\"version\": 3}");
    assertThatThrownBy(() -> Keystores.load(keystore, password, 1)).isInstanceOf(KeystoreException.class)
        .hasMessageContaining("no complete keystore");
    Files.copy(NodeProcess.repository().resolve("keys-example/venue.json"), directory.resolve("copy.json"));
    assertThatThrownBy(() -> Keystores.load(directory.resolve("copy.json"), password, 1)).isInstanceOf(KeystoreException.class)
        .hasMessageContaining("does not open with the password");
  }
}
