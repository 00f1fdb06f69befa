package io.ringfence.chain.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.chain.rpc.RawLog;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.util.List;
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
    Bytes32 topic = topic("SettledChanged(address,uint32,int256,int256,uint8)");
    RawLog log = log(minusWord(5) + minusWord(12) + word(2), topic, ACCOUNT.word(), new Bytes32("0x" + word(4_294_967_295L)));
    assertThat(decoder.decode(log)).contains(new ChainEvent.SettledChanged(AT, ACCOUNT, 4_294_967_295L, BigInteger.valueOf(-5),
        BigInteger.valueOf(-12), io.ringfence.chain.type.SettledCause.TIER));
  }

  @Test
  void decodesText() {
    Bytes32 topic = topic("SettlementSkipped(address,uint32,uint64,string)");
    String text = word(3) + word(64) + word(6) + "6672657a656e".substring(0, 12) + "0".repeat(52);
    assertThat(decoder.decode(log(text, topic, ACCOUNT.word(), new Bytes32("0x" + word(1)))))
        .contains(new ChainEvent.SettlementSkipped(AT, ACCOUNT, 1, 3, "frezen"));
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
    assertMalformed(log(word(0) + word(9), topic("StatusChanged(address,uint8,uint8)"), ACCOUNT.word()), "StatusChanged");
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
