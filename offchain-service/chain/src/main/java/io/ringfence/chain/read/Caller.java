package io.ringfence.chain.read;

import io.ringfence.chain.abi.AbiIndex;
import io.ringfence.chain.rpc.BlockTag;
import io.ringfence.chain.rpc.CallRequest;
import io.ringfence.chain.rpc.JsonRpc;
import io.ringfence.chain.rpc.RpcException;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.util.List;
import org.web3j.abi.datatypes.Array;
import org.web3j.abi.datatypes.Type;
import org.web3j.protocol.core.RemoteFunctionCall;

/** Asks one contract at one block, and takes the wrappers' answers apart. */
record Caller(JsonRpc rpc, Address contract, BlockTag at) {
  BigInteger integer(RemoteFunctionCall<?> function) {
    return value(function, BigInteger.class);
  }

  long number(RemoteFunctionCall<?> function) {
    return integer(function).longValueExact();
  }

  boolean flag(RemoteFunctionCall<?> function) {
    return value(function, Boolean.class);
  }

  String text(RemoteFunctionCall<?> function) {
    return value(function, String.class);
  }

  Address address(RemoteFunctionCall<?> function) {
    return new Address(text(function));
  }

  Bytes32 hash(RemoteFunctionCall<?> function) {
    return Bytes32.of(value(function, byte[].class));
  }

  /** A struct, as the wrapper's class of it. */
  <S> S struct(RemoteFunctionCall<?> function, Class<S> struct) {
    return struct.cast(answers(function, 1).getFirst());
  }

  /** A list, of the wrapper's classes. */
  <S> List<S> list(RemoteFunctionCall<?> function, Class<S> element) {
    return list(answers(function, 1).getFirst(), element);
  }

  static <S> List<S> list(Type<?> array, Class<S> element) {
    return ((Array<?>) array).getValue().stream().map(element::cast).toList();
  }

  /** All of several answers. */
  @SuppressWarnings("rawtypes")
  List<Type> answers(RemoteFunctionCall<?> function, int expected) {
    Data calldata = new Data(function.encodeFunctionCall());
    Data returned = ask(calldata);
    List<Type> answers;
    try {
      answers = function.decodeFunctionResponse(returned.hex());
    } catch (RuntimeException undecodable) {
      throw malformed(calldata, "undecodable answer of " + returned.length() + " bytes", undecodable);
    }
    if (answers.size() != expected) {
      throw malformed(calldata, returned.length() == 0 ? "no contract answers there" : answers.size() + " answers", null);
    }
    return answers;
  }

  /** Asks and gives back the raw answer. */
  Data ask(Data calldata) {
    try {
      return rpc.call(CallRequest.view(contract, calldata), at);
    } catch (RpcException.Refused refused) {
      if (refused.revertData().isEmpty()) {
        throw refused;
      }
      String name = AbiIndex.packed().functionName(calldata) + " of " + contract;
      throw new CallRefusedException(name, RevertDecoder.decode(refused.revertData().get()), refused);
    }
  }

  private <V> V value(RemoteFunctionCall<?> function, Class<V> type) {
    return type.cast(answers(function, 1).getFirst().getValue());
  }

  private RpcException malformed(Data calldata, String detail, Throwable cause) {
    return new RpcException.Malformed("eth_call", AbiIndex.packed().functionName(calldata) + " of " + contract + ": " + detail, cause);
  }
}
