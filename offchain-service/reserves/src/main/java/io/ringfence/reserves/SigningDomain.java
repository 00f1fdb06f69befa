package io.ringfence.reserves;

/**
 * The EIP-712 domain of everything that is signed for a venue's roots: name "Ringfence", version "1", the chain and the
 * attestation log. A signature made in one domain says nothing in another.
 *
 * @param chainId the chain's id, not negative
 * @param log the attestation log's address
 */
public record SigningDomain(long chainId, Address log) {
  private static final Hash TYPE_HASH =
      Keccak.ofText("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final Hash NAME_HASH = Keccak.ofText("Ringfence");
  private static final Hash VERSION_HASH = Keccak.ofText("1");
  private static final byte[] PREFIX = {0x19, 0x01};

  /** Throws {@link WireFormatException} if the chain id is negative or the address missing. */
  public SigningDomain {
    Unsigned.requireNotNegative(chainId, "chainId");
    Required.present(log, "log");
  }

  /** The domain separator: keccak256 of the domain's type hash and fields. */
  public Hash separator() {
    return new AbiEncoder().hash(TYPE_HASH).hash(NAME_HASH).hash(VERSION_HASH).unsigned(chainId).address(log).keccak();
  }

  /** What is signed for a struct: keccak256(0x1901 | separator | struct hash). */
  public Hash digest(Hash structHash) {
    return Keccak.of(PREFIX, separator().toBytes(), structHash.toBytes());
  }
}
