package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The kernels against BouncyCastle's digest, which hashes the bytes that each lane's words stand for. */
class KeccakKernelTest {

  /** The words of a message with its padding, in a lane. */
  private static void put(byte[] message, long[] words, int lanes, int lane) {
    byte[] block = Arrays.copyOf(message, KeccakKernel.WORDS * Long.BYTES);
    block[message.length] = 1;
    block[block.length - 1] |= (byte) 0x80;
    for (int word = 0; word < KeccakKernel.WORDS; word++) {
      words[word * lanes + lane] = Unsigned.get64LittleEndian(block, word * Long.BYTES);
    }
  }

  private static Hash hash(long[] hashes, int lanes, int lane) {
    byte[] bytes = new byte[Keccak.LENGTH];
    for (int word = 0; word < KeccakKernel.HASH_WORDS; word++) {
      Unsigned.put64LittleEndian(bytes, word * Long.BYTES, hashes[word * lanes + lane]);
    }
    return Hash.of(bytes);
  }

  @ParameterizedTest
  @EnumSource(HashPath.class)
  void everyLaneHashesItsOwnMessage(HashPath path) {
    KeccakKernel kernel = path.kernel();
    int lanes = kernel.lanes();
    long[] words = new long[KeccakKernel.WORDS * lanes];
    long[] hashes = new long[KeccakKernel.HASH_WORDS * lanes];
    Random random = new Random(24);
    for (int round = 0; round < 400; round++) {
      byte[][] messages = new byte[lanes][];
      for (int lane = 0; lane < lanes; lane++) {
        // Up to one byte less than a block; the last byte of the longest carries both ends of the padding.
        messages[lane] = RandomTrees.bytes(random, round < 136 ? round : random.nextInt(136));
        put(messages[lane], words, lanes, lane);
      }
      kernel.hash(words, hashes);
      for (int lane = 0; lane < lanes; lane++) {
        assertThat(hash(hashes, lanes, lane)).as("message of %s bytes", messages[lane].length).isEqualTo(Keccak.of(messages[lane]));
      }
    }
  }

  @Test
  void vectorsAreThereWhenTheModuleIs() {
    assertThat(HashPath.VECTOR.kernel()).isInstanceOf(VectorKeccak.class);
  }

  @Test
  void aMessageWithoutPaddingIsRefused() {
    assertThatThrownBy(() -> new ScalarKeccak().hash(new long[KeccakKernel.WORDS], new long[KeccakKernel.HASH_WORDS]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("a message without padding");
  }
}
