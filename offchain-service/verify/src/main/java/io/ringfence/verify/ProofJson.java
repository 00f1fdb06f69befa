package io.ringfence.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ringfence.reserves.Address;
import io.ringfence.reserves.EpochHeader;
import io.ringfence.reserves.Hash;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.ProofFile;
import io.ringfence.reserves.RootPrices;
import io.ringfence.reserves.Salt;
import io.ringfence.reserves.Signature;
import io.ringfence.reserves.SumNode;
import io.ringfence.reserves.WireFormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The proof file of {@code docs/wire.md}. What is refused is refused under the member's path, for example {@code siblings[3].credit}. */
final class ProofJson {

  /** A path of 32 siblings with everything around it takes some 10 kB; beyond this the file is something else. */
  private static final long MOST_BYTES = 1 << 20;

  private static final int MOST_DIGITS = 100;

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private final JsonNode json;
  private final String path;

  private ProofJson(JsonNode json, String path) {
    this.json = json;
    this.path = path;
  }

  /** Reads a file; throws {@link InputException} naming the member that is missing or wrong. */
  static ProofFile read(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new InputException("the file", "has " + Files.size(file) + " bytes, more than any proof");
      }
      return parse(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new InputException("the file", "does not exist; check the path");
    } catch (IOException e) {
      throw new InputException("the file", "cannot be read: " + e.getMessage());
    }
  }

  static ProofFile parse(String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InputException("the file", "is not valid JSON: " + e.getOriginalMessage());
    }
    if (!root.isObject()) {
      throw new InputException("the file", "must hold a JSON object, a proof as docs/wire.md has it");
    }
    return new ProofJson(root, "").proof();
  }

  private ProofFile proof() {
    ProofJson signatures = member("signatures");
    ProofJson prices = member("prices");
    List<Signature> attestors = signatures.member("attestors").elements(node -> node.bytes(Signature::fromHex));
    return new ProofFile(
        member("header").header(),
        new ProofFile.Signatures(signatures.member("venue").bytes(Signature::fromHex), attestors),
        prices.checked(() -> new RootPrices(
            prices.member("collateral").elements(ProofJson::integer), prices.member("market").bytes(Hash::fromHex))),
        member("leaf").leaf(),
        member("siblings").elements(ProofJson::sibling));
  }

  private EpochHeader header() {
    return checked(() -> new EpochHeader(
        member("venue").number(),
        member("epoch").number(),
        member("snapshotBlock").number(),
        member("snapshotHash").bytes(Hash::fromHex),
        member("previous").bytes(Hash::fromHex),
        member("accounts").number(),
        member("root").bytes(Hash::fromHex),
        member("totalCredit").integer(),
        member("totalDebit").integer(),
        member("paramsHash").bytes(Hash::fromHex),
        member("pricesHash").bytes(Hash::fromHex),
        member("settles").flag()));
  }

  private Leaf leaf() {
    return checked(() -> new Leaf(
        member("index").number(),
        member("account").bytes(Address::fromHex),
        member("credit").integer(),
        member("debit").integer(),
        member("initialMargin").integer(),
        member("maintenanceMargin").integer(),
        member("positionsHash").bytes(Hash::fromHex),
        member("salt").bytes(Salt::fromHex)));
  }

  private SumNode sibling() {
    return checked(() -> new SumNode(member("hash").bytes(Hash::fromHex), member("credit").integer(), member("debit").integer()));
  }

  private ProofJson member(String name) {
    if (!json.isObject()) {
      throw new InputException(path, "must be an object");
    }
    String whole = path.isEmpty() ? name : path + "." + name;
    JsonNode value = json.get(name);
    if (value == null || value.isNull()) {
      throw new InputException(whole, "is missing");
    }
    return new ProofJson(value, whole);
  }

  private <T> List<T> elements(Function<ProofJson, T> reader) {
    if (!json.isArray()) {
      throw new InputException(path, "must be an array");
    }
    List<T> elements = new ArrayList<>();
    for (int i = 0; i < json.size(); i++) {
      elements.add(reader.apply(new ProofJson(json.get(i), path + "[" + i + "]")));
    }
    return elements;
  }

  /** A number of the wire's u32 and u64, which are numbers in JSON. */
  private long number() {
    if (!json.isIntegralNumber() || !json.canConvertToLong()) {
      throw new InputException(path, "must be a whole number of at most 63 bits");
    }
    return json.longValue();
  }

  /** An amount: a string of digits. */
  private BigInteger integer() {
    if (!json.isTextual() || !json.textValue().matches("[0-9]+")) {
      throw new InputException(path, "must be a string of digits");
    }
    if (json.textValue().length() > MOST_DIGITS) {
      throw new InputException(path, "has " + json.textValue().length() + " digits, more than any amount");
    }
    return new BigInteger(json.textValue());
  }

  private boolean flag() {
    if (!json.isBoolean()) {
      throw new InputException(path, "must be true or false");
    }
    return json.booleanValue();
  }

  private <T> T bytes(Function<String, T> parser) {
    if (!json.isTextual()) {
      throw new InputException(path, "must be a string of 0x and hexadecimal digits");
    }
    try {
      return parser.apply(json.textValue());
    } catch (WireFormatException refused) {
      throw new InputException(path, refused.problem());
    }
  }

  /** Makes a value out of members; what the value's own checks refuse is named below this path. */
  private <T> T checked(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (WireFormatException refused) {
      throw new InputException(path + "." + refused.field(), refused.problem());
    }
  }
}
