package io.ringfence.chain.sign;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.PledgeTerms;
import java.math.BigInteger;

/** Digests of what Ringfence signs off-chain, in the EIP-712 domain {name "Ringfence", version "1", chainId, verifyingContract}. */
public final class Eip712 {
  /**
   * A domain.
   *
   * @param verifyingContract the vault for pledges and consents, the log for headers
   */
  public Eip712(long chainId, Address verifyingContract) {
    throw new UnsupportedOperationException();
  }

  /** What owner and venue sign; the domain's contract is the vault. */
  public Bytes32 pledge(PledgeTerms terms) {
    throw new UnsupportedOperationException();
  }

  /** What the venue signs; the domain's contract is the vault. */
  public Bytes32 consent(Consent consent) {
    throw new UnsupportedOperationException();
  }

  /** What an owner signs to ask for a consent: {@code ConsentRequest(address account,address token,uint256 amount,address to,bytes32 id,uint40 deadline)}. */
  public Bytes32 consentRequest(Address account, Address token, BigInteger amount, Address to, Bytes32 id, long deadline) {
    throw new UnsupportedOperationException();
  }

  /** What venue and attestors sign; the domain's contract is the log. */
  public Bytes32 header(EpochHeader header) {
    throw new UnsupportedOperationException();
  }

  /** Struct hash of a header: the next one's {@code previous}. */
  public static Bytes32 structHash(EpochHeader header) {
    throw new UnsupportedOperationException();
  }

  /** keccak256(0x1901 | domain separator | structHash). */
  public Bytes32 digest(Bytes32 structHash) {
    throw new UnsupportedOperationException();
  }

  /** Who made a 65-byte signature; IllegalArgumentException if nobody can have. */
  public static Address recover(Bytes32 digest, Data signature) {
    throw new UnsupportedOperationException();
  }
}
