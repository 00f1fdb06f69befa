package io.ringfence.demo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.chain.type.AccountProof;
import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ProofsTest {

  private static final String WORD = "0x" + "ab".repeat(32);

  @Test
  void siblingsBecomeSixtyFourBytesEach() throws IOException {
    AccountProof proof = Proofs.read(file());
    assertThat(proof.siblings().length()).isEqualTo(64);
    assertThat(proof.siblings().hex()).isEqualTo(WORD + "%032x".formatted(300) + "f".repeat(32));
    assertThat(proof.leaf().credit()).isEqualTo(new BigInteger("79228162514264337593543950335"));
    assertThat(proof.header().accounts()).isEqualTo(2);
    assertThat(proof.prices().collateral()).containsExactly(BigInteger.TEN, BigInteger.TWO);
  }

  @Test
  void aFileThatLacksAFieldIsRefusedByItsName() throws IOException {
    JsonNode file = file();
    ((ObjectNode) file.get("leaf")).remove("salt");
    assertThatThrownBy(() -> Proofs.read(file)).hasMessageContaining("salt");
  }

  private static JsonNode file() throws IOException {
    return new ObjectMapper().readTree("""
        {"header": {"venue": 1, "epoch": 2, "snapshotBlock": 3, "snapshotHash": "WORD", "previous": "WORD", "accounts": 2, "root": "WORD",
                    "totalCredit": "5", "totalDebit": "6", "paramsHash": "WORD", "pricesHash": "WORD", "settles": false},
         "prices": {"collateral": ["10", "2"], "market": "WORD"},
         "leaf": {"index": 1, "account": "0x1111111111111111111111111111111111111111",
                  "credit": "79228162514264337593543950335", "debit": "0",
                  "initialMargin": "7", "maintenanceMargin": "6", "positionsHash": "WORD", "salt": "0x00112233445566778899aabbccddeeff"},
         "siblings": [{"hash": "WORD", "credit": "300", "debit": "340282366920938463463374607431768211455"}]}
        """.replace("WORD", WORD));
  }
}
