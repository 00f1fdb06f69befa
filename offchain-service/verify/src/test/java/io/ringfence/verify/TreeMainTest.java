package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The command on the fixed vectors, and on files that are not what it reads. */
class TreeMainTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path VECTORS = Path.of("../reserves/src/test/resources/sum-tree.json");

  @TempDir private Path directory;
  private ArrayNode vectors;
  private String out;
  private String err;

  @BeforeEach
  void readVectors() throws IOException {
    vectors = (ArrayNode) MAPPER.readTree(VECTORS.toFile());
  }

  private int run(String... arguments) {
    StringWriter printed = new StringWriter();
    StringWriter complained = new StringWriter();
    int exit = new CommandLine(new TreeMain()).setOut(new PrintWriter(printed)).setErr(new PrintWriter(complained)).execute(arguments);
    out = printed.toString();
    err = complained.toString();
    return exit;
  }

  private int runOn(String content, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("given.json"), content);
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(file.toString());
    return run(arguments.toArray(String[]::new));
  }

  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.lines().toList()) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }

  private ObjectNode tree(int accounts) {
    for (JsonNode vector : vectors) {
      if (vector.get("accounts").intValue() == accounts) {
        return (ObjectNode) vector;
      }
    }
    throw new IllegalArgumentException("no vector of " + accounts + " accounts");
  }

  @Test
  void everyVectorComesOut() throws IOException {
    assertThat(run(VECTORS.toString(), "--proof", "0,1,2,3,4,5,6,7,8,9,10,11,12")).as(err).isZero();
    List<JsonNode> lines = lines();
    assertThat(lines).hasSize(vectors.size());
    for (int i = 0; i < lines.size(); i++) {
      JsonNode expected = vectors.get(i);
      for (String member : List.of("root", "totalCredit", "totalDebit", "depth")) {
        assertThat(lines.get(i).get(member)).isEqualTo(expected.get(member));
      }
      JsonNode proofs = lines.get(i).get("proofs");
      assertThat(proofs).hasSize(expected.get("accounts").intValue());
      for (JsonNode proof : expected.get("proofs")) {
        assertThat(proofs.get(proof.get("index").intValue())).isEqualTo(proof);
      }
    }
  }

  @Test
  void oneTreeIsReadAndNothingIsProvenUnasked() throws IOException {
    assertThat(runOn(MAPPER.createObjectNode().set("leaves", tree(6).get("leaves")).toString())).as(err).isZero();
    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst().get("root")).isEqualTo(tree(6).get("root"));
    assertThat(lines().getFirst().get("proofs")).isEmpty();
  }

  @Test
  void amountsMayBeNumbers() throws IOException {
    ObjectNode tree = tree(3);
    for (JsonNode leaf : tree.get("leaves")) {
      for (String field : List.of("credit", "debit", "initialMargin", "maintenanceMargin")) {
        ((ObjectNode) leaf).put(field, new BigInteger(leaf.get(field).textValue()));
      }
    }
    assertThat(runOn(tree.toString())).as(err).isZero();
    assertThat(lines().getFirst().get("root")).isEqualTo(tree.get("root"));
  }

  @Test
  void proofsInTheOrderAskedFor() throws IOException {
    assertThat(runOn(tree(8).toString(), "--proof", "7,0")).as(err).isZero();
    assertThat(lines().getFirst().get("proofs")).extracting(proof -> proof.get("index").intValue()).containsExactly(7, 0);
  }

  @Test
  void aProofThatNoTreeHasIsNamed() throws IOException {
    assertThat(runOn(tree(3).toString(), "--proof", "0,3,-1")).isOne();
    assertThat(err).contains("no tree has indices 3, -1 that --proof asks for");
    assertThat(lines().getFirst().get("proofs")).hasSize(1);
    assertThat(runOn(tree(3).toString(), "--proof", "x")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "index | 2 | leaf 1, index: is 2, must be its place",
    "index | -1 | leaf 1, index: is -1, must be its place",
    "index | 4294967297 | leaf 1, index: is 4294967297, must be its place",
    "index | null | leaf 1, index: is missing",
    "account | 0x00 | leaf 1, account: has 1 bytes, must have 20",
    "account | 7 | leaf 1, account: must be 0x and an even number of hexadecimal digits",
    "credit | 79228162514264337593543950336 | leaf 1, credit: is 79228162514264337593543950336, must be from 0 to 2^96-1",
    "credit | -1 | leaf 1, credit: is -1, must be from 0 to 2^96-1",
    "credit | 1.5 | leaf 1, credit: must be a whole number, or a string of digits",
    "credit | 0x10 | leaf 1, credit: must be a whole number, or a string of digits",
    "debit | 1 | leaf 1, debit: credit and debit are both set",
    "initialMargin | 79228162514264337593543950336 | leaf 1, initialMargin: is 79228162514264337593543950336",
    "maintenanceMargin | +1 | leaf 1, maintenanceMargin: must be a whole number",
    "positionsHash | 0x1234 | leaf 1, positionsHash: has 2 bytes, must have 32",
    "salt | zz | leaf 1, salt: must be 0x and an even number of hexadecimal digits"
  })
  void aLeafThatBreaksTheFormatIsNamed(String field, String value, String message) throws IOException {
    ObjectNode leaf = (ObjectNode) tree(3).get("leaves").get(1);
    leaf.put("credit", "5").put("debit", "0");
    if (value.equals("null")) {
      leaf.putNull(field);
    } else {
      leaf.put(field, value);
    }
    assertThat(runOn(tree(3).toString())).isOne();
    assertThat(err).contains("given.json: the tree, " + message);
    assertThat(out).isEmpty();
  }

  @Test
  void aNumberOfAThousandDigitsIsNotConverted() throws IOException {
    ((ObjectNode) tree(3).get("leaves").get(1)).put("credit", "9".repeat(1000));
    assertThat(runOn(tree(3).toString())).isOne();
    assertThat(err).contains("leaf 1, credit: has 1000 digits");
  }

  @Test
  void otherTreesOfTheFileAreDone() throws IOException {
    ((ObjectNode) tree(5).get("leaves").get(4)).put("salt", "0x");
    assertThat(runOn(vectors.toString())).isOne();
    assertThat(err).containsOnlyOnce("given.json").contains("tree 4, leaf 4, salt");
    assertThat(lines()).extracting(line -> line.get("root"))
        .containsExactlyElementsOf(Stream.of(0, 1, 2, 3, 6, 7, 8, 13).map(accounts -> tree(accounts).get("root")).toList());
  }

  static Stream<Arguments> filesOfAnotherKind() {
    return Stream.of(
        Arguments.of("", "must be an object with a member \"leaves\""),
        Arguments.of("null", "must be an object with a member \"leaves\""),
        Arguments.of("7", "must be an object with a member \"leaves\""),
        Arguments.of("{}", "has no member \"leaves\""),
        Arguments.of("{\"leaves\": {}}", "has \"leaves\" that are no array"),
        Arguments.of("{\"leaves\": null}", "has \"leaves\" that are no array"),
        Arguments.of("{\"leaves\": [7]}", "leaf 0, leaf: must be an object, or null"),
        Arguments.of("{\"leaves\": [], \"leaves\": []}", "Duplicate field 'leaves'"),
        Arguments.of("{\"leaves\": []} {}", "goes on after its end"),
        Arguments.of("[{\"leaves\": []}, 7]", "tree 0 must be an object"),
        Arguments.of("[{\"leaves\": []}", "is not valid JSON, line 1"),
        Arguments.of("{\"leaves\": [", "is not valid JSON, line 1"),
        Arguments.of("[".repeat(5000), "must be an object"),
        Arguments.of("{\"x\": " + "[".repeat(5000), "is not valid JSON"));
  }

  @ParameterizedTest
  @MethodSource("filesOfAnotherKind")
  void aFileOfAnotherKindIsRefusedInOneLine(String content, String message) throws IOException {
    assertThat(runOn(content)).isOne();
    assertThat(err).contains(message);
    assertThat(err.lines()).hasSize(1);
  }

  @Test
  void aFileThatIsNotThere() {
    assertThat(run(directory.resolve("none.json").toString())).isOne();
    assertThat(err).contains("none.json: the file does not exist; check the path");
    assertThat(run(directory.toString())).isOne();
    assertThat(err).contains("cannot be read");
    assertThat(run()).isEqualTo(2);
  }

  @Test
  void anEmptyArrayHasNoTrees() throws IOException {
    assertThat(runOn("[]")).isZero();
    assertThat(out).isEmpty();
  }
}
