package io.ringfence.reserves;

import java.util.List;

/**
 * The keys that attest a venue's roots, and how many of them it takes.
 *
 * @param attestors the keys' addresses, ascending whatever order they were given in
 * @param threshold how many have to sign, 1 to their number and at most 255
 */
public record AttestorSet(List<Address> attestors, int threshold) {
  /** Sorts the addresses. Throws {@link WireFormatException} on a zero or repeated address, or a threshold out of range. */
  public AttestorSet {
    attestors = Required.allPresent(attestors, "attestors").stream().sorted().toList();
    for (int i = 0; i < attestors.size(); i++) {
      if (attestors.get(i).isZero()) {
        throw new WireFormatException("attestors", "hold the zero address, must be addresses of keys");
      }
      if (i > 0 && attestors.get(i).equals(attestors.get(i - 1))) {
        throw new WireFormatException("attestors", "hold " + attestors.get(i) + " twice, must hold each once");
      }
    }
    if (threshold < 1 || threshold > Math.min(attestors.size(), 255)) {
      throw new WireFormatException(
          "threshold", "is " + threshold + ", must be from 1 to the number of attestors, " + attestors.size() + ", and at most 255");
    }
  }

  /** keccak256(abi.encode(address[] attestors, uint8 threshold)). */
  public Hash hash() {
    return new AbiEncoder().addresses(attestors).unsigned(threshold).keccak();
  }
}
