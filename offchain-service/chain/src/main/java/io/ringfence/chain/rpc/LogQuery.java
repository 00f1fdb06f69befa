package io.ringfence.chain.rpc;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.util.List;

/**
 * Which logs are asked for.
 *
 * @param fromBlock first height
 * @param toBlock last height, inclusive
 * @param addresses emitters; empty: any
 * @param topics by position, alternatives at each; an empty alternative list matches anything
 */
public record LogQuery(long fromBlock, long toBlock, List<Address> addresses, List<List<Bytes32>> topics) {
  public LogQuery {
    addresses = List.copyOf(addresses);
    topics = List.copyOf(topics);
  }
}
