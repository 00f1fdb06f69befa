package io.ringfence.reserves;

import java.math.BigInteger;

/**
 * What venue and attestors sign when a defaulted account's positions are closed: its loss follows from it.
 *
 * @param venue the venue's id, u32
 * @param account the defaulted account
 * @param index its index under the venue, u32
 * @param finalNet its cumulative net result since the pledge after close-out, signed, settlement-asset units, int256
 * @param evidence hash of whatever shows how the figure came about
 */
public record CloseOutReport(long venue, Address account, long index, BigInteger finalNet, Hash evidence) {
  /** The EIP-712 type. */
  public static final String TYPE = "CloseOutReport(uint32 venue,address account,uint32 index,int256 finalNet,bytes32 evidence)";

  private static final Hash TYPE_HASH = Keccak.ofText(TYPE);

  /** Throws {@link WireFormatException} naming a field that is missing or out of range. */
  public CloseOutReport {
    Unsigned.require32(venue, "venue");
    Required.present(account, "account");
    Unsigned.require32(index, "index");
    if (Required.present(finalNet, "finalNet").bitLength() > 255) {
      throw new WireFormatException("finalNet", "needs " + finalNet.bitLength() + " bits and a sign, must fit an int256");
    }
    Required.present(evidence, "evidence");
  }

  /** Keccak-256 of {@link #TYPE}. */
  public static Hash typeHash() {
    return TYPE_HASH;
  }

  /** The EIP-712 struct hash. */
  public Hash structHash() {
    return new AbiEncoder()
        .hash(TYPE_HASH)
        .unsigned(venue)
        .address(account)
        .unsigned(index)
        .int256(finalNet, "finalNet")
        .hash(evidence)
        .keccak();
  }

  /**
   * What venue and attestors sign.
   *
   * @param chainId the chain's id, not negative
   * @param log the attestation log's address
   */
  public Hash digest(long chainId, Address log) {
    return new SigningDomain(chainId, log).digest(structHash());
  }
}
