package io.ringfence.chain.encode;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.chain.read.Revert;
import io.ringfence.chain.read.RevertDecoder;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.CallRequest;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.testing.LocalNodeExtension;
import io.ringfence.chain.testing.NodeProcess;
import io.ringfence.chain.type.AccountProof;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes16;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.CloseOutReport;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.Leaf;
import io.ringfence.chain.type.PledgeTerms;
import io.ringfence.chain.type.RootPrices;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Sends every call with arguments that mean nothing and reads the contract's answer: success, or an error that the contract names. A
 * selector it lacks or arguments it cannot decode are refused without a name.
 */
@ExtendWith(LocalNodeExtension.class)
class EveryCallTest {
  private static final Address SOMEBODY = new Address("0x00000000000000000000000000000000000000ab");
  private static final Bytes32 HASH = new Bytes32("0x" + "5a".repeat(32));
  private static final Data SIGNATURE = new Data("0x" + "11".repeat(65));
  private static final BigInteger AMOUNT = BigInteger.valueOf(1_000_003);
  private static final EpochHeader HEADER =
      new EpochHeader(1, 1, 1, HASH, Bytes32.ZERO, 2, HASH, AMOUNT, AMOUNT, HASH, HASH, true);
  private static final Leaf LEAF =
      new Leaf(1, SOMEBODY, AMOUNT, BigInteger.ZERO, AMOUNT, AMOUNT, HASH, new Bytes16("0x" + "77".repeat(16)));
  private static final RootPrices PRICES = new RootPrices(List.of(AMOUNT, AMOUNT), HASH);
  private static final Data SIBLINGS = new Data("0x" + "22".repeat(64));

  @TestFactory
  Stream<DynamicTest> theContractUnderstands(NodeProcess node) {
    return Arrays.stream(Calls.class.getDeclaredMethods())
        .filter(method -> method.getReturnType() == Call.class && java.lang.reflect.Modifier.isPublic(method.getModifiers()))
        .map(method -> DynamicTest.dynamicTest(method.getName(), () -> {
          Call call = (Call) method.invoke(node.calls(), arguments(node, method));
          Optional<Revert> revert = revert(node, call);
          assertThat(revert.map(Revert::error)).isNotIn(Optional.of("Reverted"), Optional.of("Unknown"));
        }));
  }

  private static Optional<Revert> revert(NodeProcess node, Call call) {
    Address sender = NodeProcess.role("deployer").address();
    try {
      node.rpc().call(CallRequest.from(sender, call.to(), call.data()), BlockTag.LATEST);
      return Optional.empty();
    } catch (RpcException.Refused refused) {
      return Optional.of(RevertDecoder.decode(refused.revertData().orElse(Data.EMPTY)));
    }
  }

  private static Object[] arguments(NodeProcess node, Method method) {
    Type[] types = method.getGenericParameterTypes();
    Object[] arguments = Arrays.stream(types).map(EveryCallTest::value).toArray();
    switch (method.getName()) {
      case "approve", "transfer", "transferFrom", "mint" -> arguments[0] = node.deployment().tokens().getFirst().address();
      case "setFeed" -> arguments[0] = node.deployment().feeds().getFirst().address();
      case "fundVenueTranche", "openSeries" -> arguments[0] = fund(node);
      case "deposit", "noticeRedemption", "redeemNotice", "cancelNotice", "redeem" ->
          arguments[0] = node.contracts().fund(fund(node)).series();
      case "register" -> {
        arguments[2] = node.contracts().registry().assets(1);
        arguments[5] = node.contracts().registry().parameters(1);
      }
      case "publishPolicy" -> {
        arguments[1] = node.contracts().registry().assets(1);
        arguments[2] = node.contracts().registry().parameters(1);
      }
      default -> { }
    }
    return arguments;
  }

  private static Address fund(NodeProcess node) {
    return node.deployment().venue(1).orElseThrow().fund();
  }

  private static Object value(Type type) {
    if (type == boolean.class) {
      return true;
    }
    if (type == long.class) {
      return 1L;
    }
    if (type == int.class) {
      return 1;
    }
    if (type instanceof ParameterizedType list) {
      return list.getActualTypeArguments()[0] == Address.class ? List.of(SOMEBODY) : null;
    }
    return Stream.of(SOMEBODY, AMOUNT, SIGNATURE, HEADER, PRICES, new AccountProof(HEADER, PRICES, LEAF, SIBLINGS),
            new PledgeTerms(SOMEBODY, 1, 1, AMOUNT, 0, 1),
            new CloseOutReport(1, SOMEBODY, 1, AMOUNT.negate(), HASH),
            io.ringfence.chain.type.Bytes32.ZERO)
        .filter(value -> value.getClass() == type)
        .findFirst()
        .orElse(null);
  }
}
