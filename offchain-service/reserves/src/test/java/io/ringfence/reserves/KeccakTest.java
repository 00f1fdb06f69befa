package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Known hashes, and an instance used again. */
class KeccakTest {
  private static final String OF_NOTHING = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
  private static final String OF_ABC = "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45";

  @Test
  void knownHashes() {
    assertThat(Keccak.of().hex()).isEqualTo(OF_NOTHING);
    assertThat(Keccak.ofText("abc").hex()).isEqualTo(OF_ABC);
  }

  @Test
  void partsAreJoinedWithNothingBetween() {
    assertThat(Keccak.of(new byte[] {'a'}, new byte[0], new byte[] {'b', 'c'}).hex()).isEqualTo(OF_ABC);
  }

  @Test
  void anInstanceIsReusedAndKeepsToItsPlaceInTheOutput() {
    Keccak keccak = new Keccak();
    byte[] input = "xabcx".getBytes(StandardCharsets.US_ASCII);
    byte[] output = new byte[40];
    keccak.hash(input, 0, 5, output, 4);
    Arrays.fill(output, (byte) 0);
    keccak.hash(input, 1, 3, output, 4);
    assertThat(Hash.of(Arrays.copyOfRange(output, 4, 36)).hex()).isEqualTo(OF_ABC);
    assertThat(Arrays.copyOfRange(output, 0, 4)).containsOnly(0);
    assertThat(Arrays.copyOfRange(output, 36, 40)).containsOnly(0);
  }
}
