package io.ringfence.chain.sign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalNodeExtension.class)
class Eip712Test {
  private static final BigInteger MAX_128 = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);

  private static Bytes32 hash(String digits) {
    return new Bytes32("0x" + digits.repeat(32));
  }

  @Test
  void hashesHeadersAsTheLogDoes(NodeProcess node) {
    EpochHeader header = new EpochHeader(4_294_967_295L, Long.MAX_VALUE, 77, hash("ab"), hash("cd"), 12, hash("ef"), MAX_128,
        BigInteger.TEN, hash("01"), hash("ff"), true);
    Eip712 domain = new Eip712(31337, node.deployment().vault());

    assertThat(Eip712.structHash(header)).isEqualTo(node.contracts().log().structHashOf(header));
    assertThat(domain.header(header)).isEqualTo(node.contracts().log().digestOf(Eip712.structHash(header)));
  }

  @Test
  void recoversTheSigner() {
    Signer signer = NodeProcess.role("venue");
    for (int i = 0; i < 50; i++) {
      Bytes32 digest = new Bytes32("0x" + String.format("%064x", BigInteger.TWO.pow(255).add(BigInteger.valueOf(i))));
      Data signature = signer.sign(digest);
      assertThat(signature.length()).isEqualTo(65);
      assertThat(Eip712.recover(digest, signature)).isEqualTo(signer.address());
      assertThat(Eip712.recover(hash("77"), signature)).isNotEqualTo(signer.address());
    }
  }

  @Test
  void refusesSignaturesInAnyOtherForm() {
    Bytes32 digest = hash("11");
    String good = NodeProcess.role("venue").sign(digest).hex();
    assertThatThrownBy(() -> Eip712.recover(digest, new Data(good.substring(0, 130)))).isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65 bytes");
    assertThatThrownBy(() -> Eip712.recover(digest, new Data(good.substring(0, 130) + "00"))).isInstanceOf(IllegalArgumentException.class);
    String highS = good.substring(0, 66) + "f".repeat(63) + "0" + good.substring(130);
    assertThatThrownBy(() -> Eip712.recover(digest, new Data(highS))).isInstanceOf(IllegalArgumentException.class);
  }
}
