package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.reserves.CanonicalPositions.Position;
import io.ringfence.reserves.ProofFile.Signatures;
import io.ringfence.reserves.Salts.LeafSalts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Every worked vector in the published document comes out of the code. */
class WireDocumentTest {
  private static Map<String, JsonNode> vectors;

  @BeforeAll
  static void readDocument() throws Exception {
    vectors = WireDocument.vectors();
  }

  @Test
  void theDocumentHoldsTheseVectors() {
    assertThat(vectors.keySet())
        .containsExactly(
            "attestorSet", "closeOut", "header", "model", "parameters", "positions", "prices", "proofFile", "rangeProof", "salts",
            "signers");
  }

  @Test
  void attestorSet() {
    JsonNode vector = vectors.get("attestorSet");
    List<Address> attestors = list(vector.get("attestors"), node -> Address.fromHex(node.textValue()));
    AttestorSet set = new AttestorSet(attestors.reversed(), vector.get("threshold").intValue());
    assertThat(set.attestors()).isEqualTo(attestors);
    byte[] encoded = new AbiEncoder().addresses(attestors).unsigned(2).encode();
    assertThat(Numeric.toHexString(encoded)).isEqualTo(text(vector, "encoded"));
    assertThat(set.hash()).isEqualTo(hash(vector, "hash"));
  }

  @Test
  void prices() {
    JsonNode vector = vectors.get("prices");
    Hash market = Keccak.ofText(text(vector, "canonicalMarket"));
    assertThat(market).isEqualTo(hash(vector, "market"));
    RootPrices prices = prices(vector);
    byte[] encoded = new AbiEncoder().unsignedArray(prices.collateral(), 128, "collateral").hash(market).encode();
    assertThat(Numeric.toHexString(encoded)).isEqualTo(text(vector, "encoded"));
    assertThat(prices.hash()).isEqualTo(hash(vector, "pricesHash"));
  }

  @Test
  void modelAndParameters() {
    JsonNode model = vectors.get("model");
    assertThat(Keccak.ofText(text(model, "canonical"))).isEqualTo(hash(model, "modelHash"));
    JsonNode vector = vectors.get("parameters");
    EpochParameters parameters =
        new EpochParameters(
            vector.get("policyVersion").longValue(),
            hash(vector, "attestorSetHash"),
            address(vector, "settlementAsset"),
            address(vector, "pool"),
            address(vector, "fund"),
            hash(vector, "modelHash"),
            amount(vector, "uncovered"));
    assertThat(parameters.hash()).isEqualTo(hash(vector, "paramsHash"));
  }

  @Test
  void salts() {
    JsonNode vector = vectors.get("salts");
    Salts salts =
        new Salts(Numeric.hexStringToByteArray(text(vector, "master")), vector.get("chainId").longValue(), address(vector, "log"));
    LeafSalts derived =
        salts.derive(vector.get("venue").longValue(), vector.get("epoch").longValue(), vector.get("index").longValue());
    assertThat(derived.salt().hex()).isEqualTo(text(vector, "salt"));
    assertThat(derived.positionsSalt().hex()).isEqualTo(text(vector, "positionsSalt"));
  }

  @Test
  void positions() {
    JsonNode vector = vectors.get("positions");
    List<Position> positions =
        list(vector.get("positions"), node -> new Position(text(node, "instrument"), new BigDecimal(text(node, "quantity"))));
    CanonicalPositions canonical = CanonicalPositions.of(positions);
    assertThat(Numeric.toHexString(canonical.toBytes())).isEqualTo(text(vector, "encoded"));
    assertThat(canonical.hash(Salt.fromHex(text(vector, "positionsSalt")))).isEqualTo(hash(vector, "positionsHash"));
  }

  @Test
  void header() {
    JsonNode vector = vectors.get("header");
    long chainId = vector.get("chainId").longValue();
    Address log = address(vector, "log");
    EpochHeader header = header(vector.get("header"));
    assertThat(new SigningDomain(chainId, log).separator()).isEqualTo(hash(vector, "domainSeparator"));
    assertThat(EpochHeader.typeHash()).isEqualTo(hash(vector, "typeHash"));
    assertThat(header.structHash()).isEqualTo(hash(vector, "structHash"));
    assertThat(header.digest(chainId, log)).isEqualTo(hash(vector, "digest"));
  }

  @Test
  void closeOut() {
    JsonNode vector = vectors.get("closeOut");
    JsonNode json = vector.get("report");
    CloseOutReport report =
        new CloseOutReport(
            json.get("venue").longValue(),
            address(json, "account"),
            json.get("index").longValue(),
            amount(json, "finalNet"),
            hash(json, "evidence"));
    assertThat(CloseOutReport.typeHash()).isEqualTo(hash(vector, "typeHash"));
    assertThat(report.structHash()).isEqualTo(hash(vector, "structHash"));
    assertThat(report.digest(vector.get("chainId").longValue(), address(vector, "log"))).isEqualTo(hash(vector, "digest"));
  }

  @Test
  void rangeProof() {
    SumTreeVectors.Case tree = SumTreeVectors.cases().filter(vector -> vector.accounts() == 7).findFirst().orElseThrow();
    assertThat(vectors.get("rangeProof")).isEqualTo(RangeProofVectorsTest.vector(tree, 1, 4));
  }

  @Test
  void proofFileVerifiesAndItsPartsBelongTogether() throws SignatureException {
    ProofFile file = proofFile(vectors.get("proofFile"));
    assertThat(file.verify()).isEqualTo(new Verification.Verified());
    assertThat(file.prices().hash()).isEqualTo(file.header().pricesHash());
    assertThat(file.leaf().positionsHash()).isEqualTo(hash(vectors.get("positions"), "positionsHash"));
    assertThat(file.leaf().salt().hex()).isEqualTo(text(vectors.get("salts"), "salt"));

    Hash digest = file.header().digest(31337, address(vectors.get("header"), "log"));
    JsonNode signers = vectors.get("signers");
    assertThat(signer(digest, file.signatures().venue())).isEqualTo(address(signers, "venue"));
    List<Address> attestors = new ArrayList<>();
    for (Signature signature : file.signatures().attestors()) {
      attestors.add(signer(digest, signature));
    }
    assertThat(attestors).isEqualTo(list(signers.get("attestors"), node -> Address.fromHex(node.textValue())));
  }

  @Test
  void proofFileWithAnotherCreditIsRejected() {
    ProofFile file = proofFile(vectors.get("proofFile"));
    Leaf leaf = file.leaf();
    Leaf richer =
        Leaf.ofNet(
            leaf.index(), leaf.account(), leaf.net().add(BigInteger.ONE), leaf.initialMargin(), leaf.maintenanceMargin(),
            leaf.positionsHash(), leaf.salt());
    ProofFile forged = new ProofFile(file.header(), file.signatures(), file.prices(), richer, file.siblings());
    assertThat(forged.verify())
        .isInstanceOfSatisfying(
            Verification.Rejected.class, rejected -> assertThat(rejected.check()).isEqualTo(Verification.Check.ROOT_MISMATCH));
  }

  private static Address signer(Hash digest, Signature signature) throws SignatureException {
    byte[] bytes = signature.toBytes();
    Sign.SignatureData data =
        new Sign.SignatureData(
            bytes[64], Arrays.copyOfRange(bytes, 0, 32), Arrays.copyOfRange(bytes, 32, 64));
    return Address.fromHex(Numeric.prependHexPrefix(Keys.getAddress(Sign.signedMessageHashToKey(digest.toBytes(), data))));
  }

  private static ProofFile proofFile(JsonNode json) {
    JsonNode signatures = json.get("signatures");
    return new ProofFile(
        header(json.get("header")),
        new Signatures(
            Signature.fromHex(text(signatures, "venue")),
            list(signatures.get("attestors"), node -> Signature.fromHex(node.textValue()))),
        prices(json.get("prices")),
        SumTreeVectors.leaf(json.get("leaf")),
        SumTreeVectors.siblings(json));
  }

  private static EpochHeader header(JsonNode json) {
    return new EpochHeader(
        json.get("venue").longValue(),
        json.get("epoch").longValue(),
        json.get("snapshotBlock").longValue(),
        hash(json, "snapshotHash"),
        hash(json, "previous"),
        json.get("accounts").longValue(),
        hash(json, "root"),
        amount(json, "totalCredit"),
        amount(json, "totalDebit"),
        hash(json, "paramsHash"),
        hash(json, "pricesHash"),
        json.get("settles").booleanValue());
  }

  private static RootPrices prices(JsonNode json) {
    return new RootPrices(list(json.get("collateral"), node -> new BigInteger(node.textValue())), hash(json, "market"));
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> map) {
    List<T> items = new ArrayList<>();
    array.forEach(node -> items.add(map.apply(node)));
    return items;
  }

  private static String text(JsonNode json, String field) {
    return json.get(field).textValue();
  }

  private static Hash hash(JsonNode json, String field) {
    return Hash.fromHex(text(json, field));
  }

  private static Address address(JsonNode json, String field) {
    return Address.fromHex(text(json, field));
  }

  private static BigInteger amount(JsonNode json, String field) {
    return new BigInteger(text(json, field));
  }
}
