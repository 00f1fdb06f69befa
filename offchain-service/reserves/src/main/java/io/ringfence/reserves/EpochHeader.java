package io.ringfence.reserves;

import java.math.BigInteger;

/**
 * What venue and attestors sign for an epoch, and what the chain stores the struct hash of.
 *
 * @param venue the venue's id, u32
 * @param epoch one more than the epoch before, the first is 1; u64 on the wire, up to 2^63-1 here
 * @param snapshotBlock the block whose state the root describes; u64 on the wire, up to 2^63-1 here
 * @param snapshotHash that block's hash
 * @param previous the struct hash of the header before; zero for epoch 1
 * @param accounts the number of indices in the tree, u32
 * @param root the tree's root hash; zero without accounts
 * @param totalCredit the root's credit sum, u128, settlement-asset units
 * @param totalDebit the root's debit sum, u128, settlement-asset units
 * @param paramsHash see {@link EpochParameters}
 * @param pricesHash see {@link RootPrices}
 * @param settles whether the root may be settled from
 */
public record EpochHeader(
    long venue,
    long epoch,
    long snapshotBlock,
    Hash snapshotHash,
    Hash previous,
    long accounts,
    Hash root,
    BigInteger totalCredit,
    BigInteger totalDebit,
    Hash paramsHash,
    Hash pricesHash,
    boolean settles) {

  /** The EIP-712 type. */
  public static final String TYPE =
      "EpochHeader(uint32 venue,uint64 epoch,uint64 snapshotBlock,bytes32 snapshotHash,bytes32 previous,uint32 accounts,"
          + "bytes32 root,uint128 totalCredit,uint128 totalDebit,bytes32 paramsHash,bytes32 pricesHash,bool settles)";

  private static final Hash TYPE_HASH = Keccak.ofText(TYPE);

  /** Throws {@link WireFormatException} naming a field that is missing or out of range. */
  public EpochHeader {
    Unsigned.require32(venue, "venue");
    Unsigned.requireNotNegative(epoch, "epoch");
    Unsigned.requireNotNegative(snapshotBlock, "snapshotBlock");
    Required.present(snapshotHash, "snapshotHash");
    Required.present(previous, "previous");
    Unsigned.require32(accounts, "accounts");
    Required.present(root, "root");
    Unsigned.require(totalCredit, SumNode.SUM_BITS, "totalCredit");
    Unsigned.require(totalDebit, SumNode.SUM_BITS, "totalDebit");
    Required.present(paramsHash, "paramsHash");
    Required.present(pricesHash, "pricesHash");
  }

  /** Keccak-256 of {@link #TYPE}. */
  public static Hash typeHash() {
    return TYPE_HASH;
  }

  /** The EIP-712 struct hash: the next header's {@code previous}. */
  public Hash structHash() {
    return new AbiEncoder()
        .hash(TYPE_HASH)
        .unsigned(venue)
        .unsigned(epoch)
        .unsigned(snapshotBlock)
        .hash(snapshotHash)
        .hash(previous)
        .unsigned(accounts)
        .hash(root)
        .unsigned(totalCredit, SumNode.SUM_BITS, "totalCredit")
        .unsigned(totalDebit, SumNode.SUM_BITS, "totalDebit")
        .hash(paramsHash)
        .hash(pricesHash)
        .bool(settles)
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

  /** The root's hash and totals, to check proofs against. */
  public SumNode rootNode() {
    return new SumNode(root, totalCredit, totalDebit);
  }
}
