package io.ringfence.chain.tx;

import io.ringfence.chain.encode.Call;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.util.OptionalLong;

/**
 * Something to be done on the chain once.
 *
 * @param id made by whoever wants it: the same id is never sent twice
 * @param to the contract
 * @param data calldata
 * @param value wei
 * @param gasLimit empty: estimated, with a margin
 */
public record Intent(String id, Address to, Data data, BigInteger value, OptionalLong gasLimit) {
  public static Intent of(String id, Call call) {
    return new Intent(id, call.to(), call.data(), BigInteger.ZERO, OptionalLong.empty());
  }

  /** The same with a gas limit, so that it is sent even if it would revert now. */
  public Intent withGas(long limit) {
    return new Intent(id, to, data, value, OptionalLong.of(limit));
  }
}
