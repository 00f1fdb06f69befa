package io.ringfence.chain.type;

import java.util.List;

/**
 * A venue's attestors.
 *
 * @param addresses ascending
 * @param threshold how many a header needs
 */
public record Attestors(List<Address> addresses, int threshold) {
  public Attestors {
    addresses = List.copyOf(addresses);
  }
}
