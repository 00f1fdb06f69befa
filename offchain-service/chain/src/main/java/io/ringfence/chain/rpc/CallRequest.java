package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Data;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A message call.
 *
 * @param from sender; empty: the zero address
 * @param to callee
 * @param data calldata
 * @param value wei
 */
public record CallRequest(Optional<Address> from, Address to, Data data, BigInteger value) {
  public static CallRequest view(Address to, Data data) {
    return new CallRequest(Optional.empty(), to, data, BigInteger.ZERO);
  }

  public static CallRequest from(Address from, Address to, Data data) {
    return new CallRequest(Optional.of(from), to, data, BigInteger.ZERO);
  }
}
