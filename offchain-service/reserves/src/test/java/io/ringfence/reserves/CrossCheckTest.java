package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint128;
import org.web3j.abi.datatypes.generated.Uint32;
import org.web3j.abi.datatypes.generated.Uint8;
import org.web3j.crypto.StructuredDataEncoder;
import org.web3j.utils.Numeric;

/** ABI encodings and EIP-712 hashes against web3j's, on random values. */
class CrossCheckTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RepeatedTest(40)
  void attestorSets(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int size = 1 + random.nextInt(20);
    List<Address> given = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      given.add(Address.of(RandomTrees.bytes(random, 20)));
    }
    AttestorSet set = new AttestorSet(given, 1 + random.nextInt(size));
    List<org.web3j.abi.datatypes.Address> sorted =
        given.stream().map(ByteValue::hex).sorted().map(org.web3j.abi.datatypes.Address::new).toList();
    String encoded =
        FunctionEncoder.encodeConstructor(
            List.of(new DynamicArray<>(org.web3j.abi.datatypes.Address.class, sorted), new Uint8(set.threshold())));
    assertThat(set.hash()).isEqualTo(keccak(encoded));
  }

  @RepeatedTest(40)
  void rootPrices(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int size = random.nextInt(9);
    List<BigInteger> collateral = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      collateral.add(new BigInteger(random.nextInt(129), random));
    }
    Hash market = Hash.of(RandomTrees.bytes(random, 32));
    String encoded =
        FunctionEncoder.encodeConstructor(
            List.of(new DynamicArray<>(Uint128.class, collateral.stream().map(Uint128::new).toList()), new Bytes32(market.toBytes())));
    assertThat(new RootPrices(collateral, market).hash()).isEqualTo(keccak(encoded));
  }

  @RepeatedTest(40)
  void epochParameters(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    EpochParameters parameters =
        new EpochParameters(
            random.nextLong(1L << 32),
            Hash.of(RandomTrees.bytes(random, 32)),
            Address.of(RandomTrees.bytes(random, 20)),
            Address.of(RandomTrees.bytes(random, 20)),
            Address.of(RandomTrees.bytes(random, 20)),
            Hash.of(RandomTrees.bytes(random, 32)),
            new BigInteger(random.nextInt(129), random));
    String encoded =
        FunctionEncoder.encodeConstructor(
            List.of(
                new Uint32(parameters.policyVersion()),
                new Bytes32(parameters.attestorSetHash().toBytes()),
                new org.web3j.abi.datatypes.Address(parameters.settlementAsset().hex()),
                new org.web3j.abi.datatypes.Address(parameters.pool().hex()),
                new org.web3j.abi.datatypes.Address(parameters.fund().hex()),
                new Bytes32(parameters.modelHash().toBytes()),
                new Uint128(parameters.uncovered())));
    assertThat(parameters.hash()).isEqualTo(keccak(encoded));
  }

  @RepeatedTest(40)
  void signedIntegers(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    BigInteger value = new BigInteger(random.nextInt(256), random);
    for (BigInteger signed : List.of(value, value.negate())) {
      assertThat(Numeric.toHexStringNoPrefix(new AbiEncoder().int256(signed, "value").encode()))
          .isEqualTo(FunctionEncoder.encodeConstructor(List.of(new Int256(signed))));
    }
  }

  @Test
  void signedIntegersAtTheEdges() {
    BigInteger edge = BigInteger.ONE.shiftLeft(255);
    assertThat(Numeric.toHexString(new AbiEncoder().int256(edge.negate(), "value").encode())).isEqualTo("0x80" + "00".repeat(31));
    assertThat(Numeric.toHexString(new AbiEncoder().int256(edge.subtract(BigInteger.ONE), "value").encode()))
        .isEqualTo("0x7f" + "ff".repeat(31));
    assertThatThrownBy(() -> new AbiEncoder().int256(edge, "value"))
        .isInstanceOf(WireFormatException.class).hasMessageStartingWith("value");
  }

  @RepeatedTest(25)
  void epochHeaders(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    EpochHeader header =
        new EpochHeader(
            random.nextLong(1L << 32),
            random.nextLong(Long.MAX_VALUE),
            random.nextLong(Long.MAX_VALUE),
            Hash.of(RandomTrees.bytes(random, 32)),
            Hash.of(RandomTrees.bytes(random, 32)),
            random.nextLong(1L << 32),
            Hash.of(RandomTrees.bytes(random, 32)),
            new BigInteger(random.nextInt(129), random),
            new BigInteger(random.nextInt(129), random),
            Hash.of(RandomTrees.bytes(random, 32)),
            Hash.of(RandomTrees.bytes(random, 32)),
            random.nextBoolean());
    ObjectNode message = JSON.createObjectNode();
    message.put("venue", header.venue()).put("epoch", header.epoch()).put("snapshotBlock", header.snapshotBlock());
    message.put("snapshotHash", header.snapshotHash().hex()).put("previous", header.previous().hex());
    message.put("accounts", header.accounts()).put("root", header.root().hex());
    message.put("totalCredit", header.totalCredit().toString()).put("totalDebit", header.totalDebit().toString());
    message.put("paramsHash", header.paramsHash().hex()).put("pricesHash", header.pricesHash().hex());
    message.put("settles", header.settles());

    long chainId = 1 + random.nextInt(1 << 20);
    Address log = Address.of(RandomTrees.bytes(random, 20));
    StructuredDataEncoder encoder = encoder(EpochHeader.TYPE, message, chainId, log);
    assertThat(EpochHeader.typeHash()).isEqualTo(Hash.of(encoder.typeHash("EpochHeader")));
    assertThat(new SigningDomain(chainId, log).separator()).isEqualTo(Hash.of(encoder.hashDomain()));
    assertThat(header.digest(chainId, log)).isEqualTo(Hash.of(encoder.hashStructuredData()));
  }

  @RepeatedTest(25)
  void closeOutReports(RepetitionInfo repetition) throws IOException {
    Random random = new Random(repetition.getCurrentRepetition());
    BigInteger net = new BigInteger(random.nextInt(256), random);
    CloseOutReport report =
        new CloseOutReport(
            random.nextLong(1L << 32),
            Address.of(RandomTrees.bytes(random, 20)),
            random.nextLong(1L << 32),
            random.nextBoolean() ? net : net.negate(),
            Hash.of(RandomTrees.bytes(random, 32)));
    ObjectNode message = JSON.createObjectNode();
    message.put("venue", report.venue()).put("account", report.account().hex()).put("index", report.index());
    message.put("finalNet", report.finalNet().toString()).put("evidence", report.evidence().hex());

    long chainId = 1 + random.nextInt(1 << 20);
    Address log = Address.of(RandomTrees.bytes(random, 20));
    StructuredDataEncoder encoder = encoder(CloseOutReport.TYPE, message, chainId, log);
    assertThat(CloseOutReport.typeHash()).isEqualTo(Hash.of(encoder.typeHash("CloseOutReport")));
    assertThat(report.digest(chainId, log)).isEqualTo(Hash.of(encoder.hashStructuredData()));
  }

  private static StructuredDataEncoder encoder(String type, ObjectNode message, long chainId, Address log) throws IOException {
    String name = type.substring(0, type.indexOf('('));
    ObjectNode root = JSON.createObjectNode();
    ObjectNode types = root.putObject("types");
    fields(types.putArray("EIP712Domain"), "string name,string version,uint256 chainId,address verifyingContract");
    fields(types.putArray(name), type.substring(type.indexOf('(') + 1, type.length() - 1));
    root.put("primaryType", name);
    root.putObject("domain").put("name", "Ringfence").put("version", "1").put("chainId", chainId).put("verifyingContract", log.hex());
    root.set("message", message);
    return new StructuredDataEncoder(JSON.writeValueAsString(root));
  }

  private static void fields(ArrayNode target, String declarations) {
    for (String declaration : declarations.split(",")) {
      String[] typeAndName = declaration.split(" ");
      target.addObject().put("name", typeAndName[1]).put("type", typeAndName[0]);
    }
  }

  private static Hash keccak(String hex) {
    return Keccak.of(Numeric.hexStringToByteArray(hex));
  }
}
