package io.ringfence.chain.read;

import io.ringfence.chain.abi.AbiIndex;
import io.ringfence.chain.abi.AbiIndex.Argument;
import io.ringfence.chain.abi.AbiIndex.ErrorShape;
import io.ringfence.chain.type.Data;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.web3j.abi.FunctionReturnDecoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;

/** Turns revert data into the name and arguments of a contract's error. */
public final class RevertDecoder {
  private RevertDecoder() {}

  /** Never fails: data that no known error explains is {@code Unknown} with the data as its argument, none at all is {@code Reverted}. */
  public static Revert decode(Data revertData) {
    if (revertData.length() == 0) {
      return new Revert("Reverted", new LinkedHashMap<>(), revertData);
    }
    return AbiIndex.packed().error(revertData).map(shape -> decode(shape, revertData)).orElseGet(() -> unknown(revertData));
  }

  @SuppressWarnings({"rawtypes", "unchecked"})
  private static Revert decode(ErrorShape shape, Data revertData) {
    try {
      List<TypeReference<Type>> types = new ArrayList<>();
      for (Argument argument : shape.arguments()) {
        types.add((TypeReference<Type>) TypeReference.makeTypeReference(argument.type()));
      }
      List<Type> values = FunctionReturnDecoder.decode("0x" + revertData.hex().substring(10), types);
      SequencedMap<String, String> arguments = new LinkedHashMap<>();
      for (int i = 0; i < shape.arguments().size(); i++) {
        arguments.put(shape.arguments().get(i).name(), text(values.get(i).getValue()));
      }
      return new Revert(shape.name(), arguments, revertData);
    } catch (ClassNotFoundException | RuntimeException doesNotFit) {
      return unknown(revertData);
    }
  }

  private static Revert unknown(Data revertData) {
    SequencedMap<String, String> selector = new LinkedHashMap<>();
    selector.put("data", revertData.hex());
    return new Revert("Unknown", selector, revertData);
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? "0x" + HexFormat.of().formatHex(bytes) : value.toString();
  }
}
