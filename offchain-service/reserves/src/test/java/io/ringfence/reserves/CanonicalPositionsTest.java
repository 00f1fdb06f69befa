package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.reserves.CanonicalPositions.Position;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equal positions have equal bytes, different ones do not, and what cannot be encoded is refused by name. */
class CanonicalPositionsTest {

  @RepeatedTest(50)
  void theEncodingReadsBackAsTheSortedPositions(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    Map<String, BigDecimal> expected = new TreeMap<>();
    List<Position> positions = new ArrayList<>();
    int count = random.nextInt(12);
    for (int i = 0; i < count; i++) {
      String instrument = "I" + random.nextInt(1000) + "-" + i;
      BigDecimal quantity = new BigDecimal(new BigInteger(random.nextInt(150), random), random.nextInt(40) - 10);
      quantity = random.nextBoolean() ? quantity : quantity.negate();
      positions.add(new Position(instrument, quantity));
      if (quantity.signum() != 0) {
        expected.put(instrument, quantity);
      }
    }
    Collections.shuffle(positions, random);
    Map<String, BigDecimal> decoded = decode(CanonicalPositions.of(positions).toBytes());
    assertThat(decoded.keySet()).containsExactlyElementsOf(expected.keySet());
    decoded.forEach(
        (instrument, quantity) -> {
          assertThat(quantity).isEqualByComparingTo(expected.get(instrument));
          assertThat(quantity.scale() == 0 || quantity.unscaledValue().mod(BigInteger.TEN).signum() != 0).isTrue();
        });
  }

  @ParameterizedTest
  @CsvSource({"1,1.0", "1,1.000000", "1000,1E+3", "-0.5,-0.50", "10,10.0", "0.000000000000000001,1E-18"})
  void waysToWriteOneQuantityHaveOneEncoding(String one, String other) {
    assertThat(of("BTC-PERP", other)).isEqualTo(of("BTC-PERP", one));
  }

  @ParameterizedTest
  @CsvSource({"1,-1", "1,10", "1,0.1", "256,1", "0.5,5"})
  void differentQuantitiesDiffer(String one, String other) {
    assertThat(of("BTC-PERP", other)).isNotEqualTo(of("BTC-PERP", one));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0.000", "0E+2000000000", "0E-2000000000", "-0.0"})
  void nothingHeldIsLikeNoPosition(String quantity) {
    assertThat(of("BTC-PERP", quantity)).isEqualTo(CanonicalPositions.of(List.of()).toBytes()).containsExactly(0, 0, 0, 0);
  }

  @Test
  void theSaltIsPartOfTheHash() {
    CanonicalPositions positions = CanonicalPositions.of(List.of());
    Salt zero = Salt.of(new byte[16]);
    assertThat(positions.hash(zero)).isEqualTo(Keccak.of(new byte[20]));
    Random random = new Random(1);
    assertThat(positions.hash(Salt.of(RandomTrees.bytes(random, 16)))).isNotEqualTo(positions.hash(zero));
  }

  @Test
  void anInstrumentNamedTwiceIsRefusedEvenWithNothingHeld() {
    List<Position> twice = List.of(new Position("A", BigDecimal.ZERO), new Position("A", BigDecimal.ONE));
    assertThatThrownBy(() -> CanonicalPositions.of(twice))
        .isInstanceOf(WireFormatException.class)
        .hasMessage("instrument: A is named twice, its quantities must be one sum");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BTC PERP", "BTC\u00e9", "BTC\n", "\u0000", "BTC\u007f"})
  void namesThatAreNotPrintableAsciiAreRefused(String name) {
    assertThatThrownBy(() -> of(name, "1"))
        .isInstanceOfSatisfying(WireFormatException.class, refusal -> assertThat(refusal.field()).isEqualTo("instrument"));
  }

  @Test
  void nameLengthsAtTheEdge() {
    assertThat(of("A".repeat(65535), "1")).hasSize(4 + 2 + 65535 + 1 + 1 + 2 + 1);
    assertThatThrownBy(() -> of("A".repeat(65536), "1")).isInstanceOf(WireFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1E-256", "1E+2000000000", "1E+157826", "1E-2147483647"})
  void quantitiesThatDoNotFitAreRefusedBeforeTheyAreWrittenOut(String quantity) {
    assertThatThrownBy(() -> of("A", quantity))
        .isInstanceOfSatisfying(WireFormatException.class, refusal -> assertThat(refusal.field()).isEqualTo("quantity of A"));
  }

  @Test
  void quantitiesAtTheEdge() {
    assertThat(decode(of("A", "1E-255")).get("A")).isEqualByComparingTo("1E-255");
    BigInteger largest = BigInteger.ONE.shiftLeft(8 * 65535).subtract(BigInteger.ONE);
    assertThat(decode(CanonicalPositions.of(List.of(new Position("A", new BigDecimal(largest)))).toBytes()).get("A").unscaledValue())
        .isEqualTo(largest);
    assertThatThrownBy(() -> CanonicalPositions.of(List.of(new Position("A", new BigDecimal(largest.add(BigInteger.ONE))))))
        .isInstanceOf(WireFormatException.class);
  }

  @Test
  void missingPartsAreRefused() {
    assertThatThrownBy(() -> new Position(null, BigDecimal.ONE))
        .isInstanceOf(WireFormatException.class).hasMessage("instrument: is missing");
    assertThatThrownBy(() -> new Position("A", null)).isInstanceOf(WireFormatException.class).hasMessage("quantity: is missing");
  }

  private static byte[] of(String instrument, String quantity) {
    return CanonicalPositions.of(List.of(new Position(instrument, new BigDecimal(quantity)))).toBytes();
  }

  private static Map<String, BigDecimal> decode(byte[] encoded) {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    Map<String, BigDecimal> positions = new LinkedHashMap<>();
    int count = in.getInt();
    for (int i = 0; i < count; i++) {
      String name = new String(take(in), StandardCharsets.US_ASCII);
      int sign = in.get() == 0 ? 1 : -1;
      int scale = in.get() & 0xff;
      byte[] magnitude = take(in);
      assertThat(magnitude[0]).isNotZero();
      positions.put(name, new BigDecimal(new BigInteger(sign, magnitude), scale));
    }
    assertThat(in.hasRemaining()).isFalse();
    return positions;
  }

  private static byte[] take(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xffff];
    in.get(bytes);
    return bytes;
  }
}
