package io.ringfence.reserves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What each type takes and refuses, and how it says so. */
class RangesTest {
  private static final BigInteger MOST_96 = BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE);
  private static final BigInteger MOST_128 = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
  private static final BigInteger ZERO = BigInteger.ZERO;
  private static final Salt SALT = Salt.fromHex("0x" + "ab".repeat(16));
  private static final Address ACCOUNT = Address.fromHex("0x" + "12".repeat(20));

  @Test
  void aLeafOfTheLargestValuesPacksToItsFields() {
    Leaf leaf = new Leaf((1L << 32) - 1, ACCOUNT, ZERO, MOST_96, MOST_96, MOST_96, Hash.ZERO, SALT);
    BigInteger packed = new BigInteger(1, leaf.packed());
    String expected = "f".repeat(8) + "12".repeat(20) + "0".repeat(24) + "f".repeat(72) + "0".repeat(64) + "ab".repeat(16);
    assertThat(packed.toString(16)).isEqualTo(expected);
    assertThat(leaf.net()).isEqualTo(MOST_96.negate());
  }

  @Test
  void leavesOutOfRangeAreRefusedByIndexAndField() {
    BigInteger tooLarge = MOST_96.add(BigInteger.ONE);
    BigInteger negative = BigInteger.ONE.negate();
    for (BigInteger wrong : new BigInteger[] {tooLarge, negative, null}) {
      assertLeafRefused("credit", () -> leaf(7, wrong, ZERO, ZERO, ZERO));
      assertLeafRefused("debit", () -> leaf(7, ZERO, wrong, ZERO, ZERO));
      assertLeafRefused("initialMargin", () -> leaf(7, ZERO, ZERO, wrong, ZERO));
      assertLeafRefused("maintenanceMargin", () -> leaf(7, ZERO, ZERO, ZERO, wrong));
    }
    assertLeafRefused("debit", () -> leaf(7, BigInteger.ONE, BigInteger.ONE, ZERO, ZERO));
    assertLeafRefused("account", () -> new Leaf(7, null, ZERO, ZERO, ZERO, ZERO, Hash.ZERO, SALT));
    assertLeafRefused("positionsHash", () -> new Leaf(7, ACCOUNT, ZERO, ZERO, ZERO, ZERO, null, SALT));
    assertLeafRefused("salt", () -> new Leaf(7, ACCOUNT, ZERO, ZERO, ZERO, ZERO, Hash.ZERO, null));
    assertLeafRefused("net", () -> Leaf.ofNet(7, ACCOUNT, null, ZERO, ZERO, Hash.ZERO, SALT));
    assertThatThrownBy(() -> leaf(-1, ZERO, ZERO, ZERO, ZERO)).hasMessage("leaf -1, index: must be from 0 to 2^32-1");
    assertThatThrownBy(() -> leaf(1L << 32, ZERO, ZERO, ZERO, ZERO)).hasMessageStartingWith("leaf 4294967296, index");
    assertThatThrownBy(() -> leaf(7, tooLarge, ZERO, ZERO, ZERO))
        .hasMessage("leaf 7, credit: is 79228162514264337593543950336, must be from 0 to 2^96-1");
  }

  @Test
  void aHostileNumberIsNotEchoed() {
    assertThatThrownBy(() -> leaf(7, BigInteger.ONE.shiftLeft(1_000_000), ZERO, ZERO, ZERO))
        .hasMessage("leaf 7, credit: is a number of 1000001 bits, must be from 0 to 2^96-1");
  }

  @Test
  void aNetResultBecomesACreditOrADebit() {
    Leaf gain = Leaf.ofNet(0, ACCOUNT, BigInteger.TEN, ZERO, ZERO, Hash.ZERO, SALT);
    assertThat(gain.credit()).isEqualTo(BigInteger.TEN);
    assertThat(gain.debit()).isZero();
    Leaf loss = Leaf.ofNet(0, ACCOUNT, BigInteger.TEN.negate(), ZERO, ZERO, Hash.ZERO, SALT);
    assertThat(loss.credit()).isZero();
    assertThat(loss.debit()).isEqualTo(BigInteger.TEN);
  }

  @Test
  void sumsAreLimitedTo128Bits() {
    assertThat(new SumNode(Hash.ZERO, MOST_128, MOST_128).credit()).isEqualTo(MOST_128);
    assertRefused("credit", () -> new SumNode(Hash.ZERO, MOST_128.add(BigInteger.ONE), ZERO));
    assertRefused("debit", () -> new SumNode(Hash.ZERO, ZERO, BigInteger.ONE.negate()));
    assertRefused("hash", () -> new SumNode(null, ZERO, ZERO));
  }

  @Test
  void headersOutOfRangeAreRefusedByField() {
    assertRefused("venue", () -> header(1L << 32, 1, 1, 1, ZERO, ZERO, Hash.ZERO));
    assertRefused("epoch", () -> header(1, -1, 1, 1, ZERO, ZERO, Hash.ZERO));
    assertRefused("snapshotBlock", () -> header(1, 1, -1, 1, ZERO, ZERO, Hash.ZERO));
    assertRefused("accounts", () -> header(1, 1, 1, 1L << 32, ZERO, ZERO, Hash.ZERO));
    assertRefused("totalCredit", () -> header(1, 1, 1, 1, MOST_128.add(BigInteger.ONE), ZERO, Hash.ZERO));
    assertRefused("totalDebit", () -> header(1, 1, 1, 1, ZERO, null, Hash.ZERO));
    assertRefused("root", () -> header(1, 1, 1, 1, ZERO, ZERO, null));
    assertRefused("chainId", () -> new SigningDomain(-1, ACCOUNT));
  }

  @Test
  void attestorSetsAreSortedAndChecked() {
    Address low = Address.fromHex("0x7f" + "00".repeat(19));
    Address high = Address.fromHex("0x80" + "00".repeat(19));
    assertThat(new AttestorSet(List.of(high, low), 2).attestors()).containsExactly(low, high);
    assertRefused("attestors", () -> new AttestorSet(List.of(low, low), 1));
    assertRefused("attestors", () -> new AttestorSet(List.of(Address.ZERO), 1));
    assertRefused("threshold", () -> new AttestorSet(List.of(low), 0));
    assertRefused("threshold", () -> new AttestorSet(List.of(low), 2));
    assertRefused("threshold", () -> new AttestorSet(List.of(), 0));
    assertRefused("attestors[1]", () -> new AttestorSet(Arrays.asList(low, null), 1));
    assertRefused("siblings[0]", () -> new Proof(0, SumNode.EMPTY, Collections.singletonList(null)));
    assertRefused("collateral", () -> new RootPrices(null, Hash.ZERO));
    assertRefused("market", () -> new RootPrices(List.of(), null));
    assertRefused("collateral[1]", () -> new RootPrices(List.of(ZERO, MOST_128.add(BigInteger.ONE)), Hash.ZERO));
    BigInteger tooLarge = BigInteger.ONE.shiftLeft(255);
    assertRefused("finalNet", () -> new CloseOutReport(1, ACCOUNT, 0, tooLarge, Hash.ZERO));
  }

  @Test
  void byteValuesAreCheckedCopiedAndCompared() {
    byte[] bytes = RandomTrees.bytes(new Random(1), 32);
    Hash hash = Hash.of(bytes);
    bytes[0] ^= 1;
    assertThat(hash).isNotEqualTo(Hash.of(bytes));
    hash.toBytes()[1] ^= 1;
    assertThat(Hash.fromHex(hash.hex())).isEqualTo(hash).hasSameHashCodeAs(hash);
    assertThat(Hash.fromHex("0x" + hash.hex().substring(2).toUpperCase(Locale.ROOT))).isEqualTo(hash);
    assertRefused("hash", () -> Hash.of(new byte[31]));
    assertRefused("address", () -> Address.fromHex("0x" + "00".repeat(21)));
    assertRefused("address", () -> Address.fromHex("00".repeat(20)));
    assertRefused("salt", () -> Salt.fromHex("0x" + "0g".repeat(16)));
    assertRefused("salt", () -> Salt.fromHex("0x" + "0".repeat(31)));
    assertRefused("signature", () -> Signature.fromHex("0x"));
    assertThat(Signature.of(new byte[65]).length()).isEqualTo(65);
    assertThat(Hash.ZERO.isZero()).isTrue();
    assertThat(hash.isZero()).isFalse();
  }

  @Test
  void aLoggedLeafDoesNotShowItsSalt() {
    Leaf leaf = leaf(1, ZERO, ZERO, ZERO, ZERO);
    assertThat(leaf.toString()).doesNotContain("abab").contains("0x(hidden)");
    assertThat(leaf.salt().hex()).isEqualTo("0x" + "ab".repeat(16));
  }

  @Test
  void saltsDifferByEveryInputAndRefuseWhatDoesNotFit() {
    byte[] master = RandomTrees.bytes(new Random(2), 32);
    Salts salts = new Salts(master, 1, ACCOUNT);
    byte[] otherMaster = master.clone();
    otherMaster[31] ^= 1;
    assertThat(
            List.of(
                salts.derive(1, 1, 1),
                salts.derive(2, 1, 1),
                salts.derive(1, 2, 1),
                salts.derive(1, 1, 2),
                new Salts(master, 2, ACCOUNT).derive(1, 1, 1),
                new Salts(master, 1, Address.ZERO).derive(1, 1, 1),
                new Salts(otherMaster, 1, ACCOUNT).derive(1, 1, 1)))
        .doesNotHaveDuplicates();
    assertThat(salts.derive(1, 1, 1)).isEqualTo(salts.derive(1, 1, 1));
    assertRefused("master", () -> new Salts(new byte[31], 1, ACCOUNT));
    assertRefused("venue", () -> salts.derive(1L << 32, 1, 1));
    assertRefused("epoch", () -> salts.derive(1, -1, 1));
    assertRefused("index", () -> salts.derive(1, 1, -1));
  }

  private static Leaf leaf(long index, BigInteger credit, BigInteger debit, BigInteger initial, BigInteger maintenance) {
    return new Leaf(index, ACCOUNT, credit, debit, initial, maintenance, Hash.ZERO, SALT);
  }

  private static EpochHeader header(
      long venue, long epoch, long block, long accounts, BigInteger credit, BigInteger debit, Hash root) {
    return new EpochHeader(
        venue, epoch, block, Hash.ZERO, Hash.ZERO, accounts, root, credit, debit, Hash.ZERO, Hash.ZERO, false);
  }

  private static void assertLeafRefused(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            LeafFormatException.class,
            refusal -> {
              assertThat(refusal.index()).isEqualTo(7);
              assertThat(refusal.field()).isEqualTo(field);
            });
  }

  private static void assertRefused(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            WireFormatException.class,
            refusal -> {
              assertThat(refusal.field()).isEqualTo(field);
              assertThat(refusal).hasMessageStartingWith(field + ": ");
            });
  }
}
