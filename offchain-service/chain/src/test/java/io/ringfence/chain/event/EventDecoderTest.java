package io.ringfence.chain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.AssetConfig;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.SkipCause;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;

class EventDecoderTest {
  private static final Address EMITTER = new Address("0x" + "11".repeat(20));
  private static final Address ACCOUNT = new Address("0x" + "22".repeat(20));
  private static final Address OWNER = new Address("0x" + "33".repeat(20));
  private static final Bytes32 BLOCK = new Bytes32("0x" + "44".repeat(32));
  private static final Bytes32 TX = new Bytes32("0x" + "55".repeat(32));
  private static final LogPosition AT = new LogPosition(7, BLOCK, TX, 3, EMITTER);

  private final EventDecoder decoder = new EventDecoder();

  private static Bytes32 topic(String signature) {
    return new Bytes32(Hash.sha3String(signature));
  }

  private static String word(long value) {
    return String.format("%064x", value);
  }

  private static String minusWord(long value) {
    return BigInteger.TWO.pow(256).subtract(BigInteger.valueOf(value)).toString(16);
  }

  private static RawLog log(String data, Bytes32... topics) {
    return new RawLog(EMITTER, List.of(topics), new Data("0x" + data), 7, BLOCK, TX, 3);
  }

  @Test
  void decodesIndexedAndOtherArguments() {
    assertThat(decoder.decode(log(word(9), topic("AccountOpened(address,address,uint96)"), ACCOUNT.word(), OWNER.word())))
        .contains(new ChainEvent.AccountOpened(AT, ACCOUNT, OWNER, BigInteger.valueOf(9)));
  }

  @Test
  void decodesSignedNumbersAndEnums() {
    Bytes32 topic = topic("SettledChanged(address,uint32,int256,uint8)");
    RawLog log = log(minusWord(5) + word(2), topic, ACCOUNT.word(), new Bytes32("0x" + word(4_294_967_295L)));
    assertThat(decoder.decode(log)).contains(new ChainEvent.SettledChanged(AT, ACCOUNT, 4_294_967_295L, BigInteger.valueOf(-5),
        io.ringfence.chain.type.SettledCause.TIER));
  }

  @Test
  void decodesCauses() {
    Bytes32 topic = topic("SettlementSkipped(address,uint32,uint64,uint8)");
    assertThat(decoder.decode(log(word(3) + word(6), topic, ACCOUNT.word(), new Bytes32("0x" + word(1)))))
        .contains(new ChainEvent.SettlementSkipped(AT, ACCOUNT, 1, 3, SkipCause.TOKEN_REFUSED));
    assertMalformed(log(word(3) + word(8), topic, ACCOUNT.word(), new Bytes32("0x" + word(1))), "SettlementSkipped");
  }

  @Test
  void decodesAVenuesFiguresAndAssets() {
    String assetTypes = "(address,uint8,uint16,address,uint8,uint32,uint128,uint128,address,uint8,uint32,uint16)";
    Bytes32 topic = topic("VenuePolicy(uint32,uint32,(uint32,uint32,uint32,uint32,uint32,uint32,uint32,uint16,uint16,uint8,uint16,uint16,"
        + "uint32,uint16,uint96,uint96,uint32,uint32,uint32,uint32,uint32,uint32,uint32,uint32,uint16,uint16,uint64,uint96,uint96,uint96),"
        + assetTypes + "[],uint256)");
    StringBuilder data = new StringBuilder(word(2));
    for (int figure = 1; figure <= 30; figure++) {
      data.append(word(figure));
    }
    data.append(word(33 * 32)).append(word(77)).append(word(1));
    String token = ACCOUNT.word().hex().substring(2);
    String feed = OWNER.word().hex().substring(2);
    data.append(token).append(word(6)).append(word(800)).append(feed).append(word(8)).append(word(60)).append(word(1)).append(word(2));
    data.append(feed).append(word(9)).append(word(61)).append(word(500));

    ChainEvent.VenuePolicy policy =
        (ChainEvent.VenuePolicy) decoder.decode(log(data.toString(), topic, new Bytes32("0x" + word(1)))).orElseThrow();
    assertThat(policy.policyVersion()).isEqualTo(2);
    assertThat(policy.bindsAt()).isEqualTo(77);
    assertThat(policy.parameters().heartbeat()).isEqualTo(1);
    assertThat(policy.parameters().minLot()).isEqualTo(16);
    assertThat(policy.parameters().settleThreshold()).isEqualTo(27);
    assertThat(policy.parameters().minDebitCap()).isEqualTo(30);
    assertThat(policy.assets()).containsExactly(new AssetConfig(
        ACCOUNT, 6, 800, OWNER, 8, 60, BigInteger.ONE, BigInteger.TWO, OWNER, 9, 61, 500));
  }

  /** The vault emits what its parts declare, so each first topic must mean one event, whoever declares it. */
  @Test
  void knowsEveryEventThatTheContractsDeclare() throws IOException {
    Set<Bytes32> declared = new HashSet<>();
    for (String contract : List.of("Vault", "DefaultFund", "MemberSeries")) {
      try (InputStream abi = io.ringfence.chain.abi.AbiIndex.class.getResourceAsStream(contract + ".json")) {
        for (JsonNode entry : new ObjectMapper().readTree(abi)) {
          if (entry.path("type").asText().equals("event")) {
            declared.add(topic(entry.path("name").asText() + types(entry.path("inputs"))));
          }
        }
      }
    }
    // Of ERC-20 and ERC-4626, which every series is: shares are followed by their transfers alone, if at all.
    declared.removeAll(Set.of(EventDecoder.transferTopic(), topic("Approval(address,address,uint256)"),
        topic("Deposit(address,address,uint256,uint256)"), topic("Withdraw(address,address,address,uint256,uint256)")));
    assertThat(decoder.topics()).containsExactlyInAnyOrderElementsOf(declared);
  }

  private static String types(JsonNode inputs) {
    return inputs.valueStream().map(input -> input.path("type").asText().startsWith("tuple")
            ? types(input.path("components")) + input.path("type").asText().substring("tuple".length()) : input.path("type").asText())
        .collect(Collectors.joining(",", "(", ")"));
  }

  @Test
  void decodesTransfers() {
    assertThat(decoder.decode(log("f".repeat(64), EventDecoder.transferTopic(), ACCOUNT.word(), OWNER.word())))
        .contains(new ChainEvent.Transfer(AT, ACCOUNT, OWNER, BigInteger.TWO.pow(256).subtract(BigInteger.ONE)));
  }

  @Test
  void passesOverWhatIsNotOurs() {
    assertThat(decoder.decode(log(""))).isEmpty();
    assertThat(decoder.decode(log("", topic("SomethingElse()")))).isEmpty();
    assertThat(decoder.decode(log("", EventDecoder.transferTopic(), ACCOUNT.word(), OWNER.word(), TX))).isEmpty();
  }

  @Test
  void namesALogThatDoesNotFitItsEvent() {
    Bytes32 opened = topic("AccountOpened(address,address,uint96)");
    assertMalformed(log("", opened, ACCOUNT.word(), OWNER.word()), "AccountOpened");
    assertMalformed(log(word(1), opened, ACCOUNT.word()), "AccountOpened");
    Bytes32 withdrawn = topic("Withdrawn(address,address,address,uint256,uint8)");
    assertMalformed(log(word(1) + word(1) + word(9), withdrawn, ACCOUNT.word(), ACCOUNT.word()), "Withdrawn");
    assertMalformed(log("00", EventDecoder.transferTopic(), ACCOUNT.word(), OWNER.word()), "Transfer");
    Bytes32 posted = decoder.topics().stream().filter(topic -> topic.equals(EPOCH_POSTED)).findFirst().orElseThrow();
    assertMalformed(log(word(1), posted, new Bytes32("0x" + word(1)), new Bytes32("0x" + word(1))), "EpochPosted");
  }

  private static final Bytes32 EPOCH_POSTED = topic("EpochPosted(uint32,uint64,bytes32,"
      + "(uint32,uint64,uint64,bytes32,bytes32,uint32,bytes32,uint128,uint128,bytes32,bytes32,bool),(uint128[],bytes32))");

  private void assertMalformed(RawLog log, String event) {
    assertThatThrownBy(() -> decoder.decode(log)).isInstanceOf(MalformedLogException.class).hasMessageContaining("is no " + event)
        .hasMessageContaining("in block 7").hasMessageContaining(EMITTER.hex());
  }
}
