package io.ringfence.reserves;

import java.math.BigInteger;

/**
 * What an epoch was computed under; a header commits to it by {@link #hash()}.
 *
 * @param policyVersion the venue's policy version, u32
 * @param attestorSetHash see {@link AttestorSet}
 * @param settlementAsset the token in which leaves count
 * @param pool the venue's settlement pool
 * @param fund the venue's default fund
 * @param modelHash keccak256 of the margin parameter file's canonical form
 * @param uncovered sum over the accounts of what they owe beyond their collateral's value, u128, settlement-asset units
 */
public record EpochParameters(
    long policyVersion, Hash attestorSetHash, Address settlementAsset, Address pool, Address fund, Hash modelHash, BigInteger uncovered) {

  /** Throws {@link WireFormatException} naming a field that is missing or out of range. */
  public EpochParameters {
    Unsigned.require32(policyVersion, "policyVersion");
    Required.present(attestorSetHash, "attestorSetHash");
    Required.present(settlementAsset, "settlementAsset");
    Required.present(pool, "pool");
    Required.present(fund, "fund");
    Required.present(modelHash, "modelHash");
    Unsigned.require(uncovered, 128, "uncovered");
  }

  /**
   * A header's {@code paramsHash}: keccak256(abi.encode(uint32 policyVersion, bytes32 attestorSetHash, address settlementAsset,
   * address pool, address fund, bytes32 modelHash, uint128 uncovered)).
   */
  public Hash hash() {
    return new AbiEncoder()
        .unsigned(policyVersion)
        .hash(attestorSetHash)
        .address(settlementAsset)
        .address(pool)
        .address(fund)
        .hash(modelHash)
        .unsigned(uncovered, 128, "uncovered")
        .keccak();
  }
}
