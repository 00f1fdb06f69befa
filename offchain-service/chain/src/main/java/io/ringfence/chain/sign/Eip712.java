package io.ringfence.chain.sign;

import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import io.ringfence.chain.type.CloseOutReport;
import io.ringfence.chain.type.Consent;
import io.ringfence.chain.type.Data;
import io.ringfence.chain.type.EpochHeader;
import io.ringfence.chain.type.PledgeTerms;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.Arrays;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;

/** Digests of what Ringfence signs off-chain, in the EIP-712 domain {name "Ringfence", version "1", chainId, verifyingContract}. */
public final class Eip712 {
  private static final byte[] DOMAIN_TYPE =
      keccak("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
  private static final byte[] PLEDGE_TYPE =
      keccak("Pledge(address account,uint32 venue,uint32 policyVersion,uint96 debitCap,uint32 nonce,uint40 deadline)");
  private static final byte[] CONSENT_TYPE = keccak(
      "Consent(address account,uint32 venue,uint32 index,address token,uint256 amount,address to,uint24 nonce,uint40 deadline)");
  private static final byte[] CONSENT_REQUEST_TYPE =
      keccak("ConsentRequest(address account,address token,uint256 amount,address to,bytes32 id,uint40 deadline)");
  private static final byte[] REPORT_TYPE =
      keccak("CloseOutReport(uint32 venue,address account,uint32 index,int256 finalNet,bytes32 evidence)");
  private static final byte[] HEADER_TYPE = keccak("EpochHeader(uint32 venue,uint64 epoch,uint64 snapshotBlock,bytes32 snapshotHash,"
      + "bytes32 previous,uint32 accounts,bytes32 root,uint128 totalCredit,uint128 totalDebit,bytes32 paramsHash,bytes32 pricesHash,"
      + "bool settles)");

  private static final BigInteger HALF_ORDER = Sign.CURVE_PARAMS.getN().shiftRight(1);

  private final byte[] separator;

  /**
   * A domain.
   *
   * @param verifyingContract the vault
   */
  public Eip712(long chainId, Address verifyingContract) {
    this.separator = new Words().add(DOMAIN_TYPE).add(keccak("Ringfence")).add(keccak("1")).add(chainId).add(verifyingContract).hash();
  }

  /** What owner and venue sign. */
  public Bytes32 pledge(PledgeTerms terms) {
    return digest(new Words().add(PLEDGE_TYPE).add(terms.account()).add(terms.venue()).add(terms.policyVersion()).add(terms.debitCap())
        .add(terms.nonce()).add(terms.deadline()).hash());
  }

  /** What the venue signs. */
  public Bytes32 consent(Consent consent) {
    return digest(new Words().add(CONSENT_TYPE).add(consent.account()).add(consent.venue()).add(consent.index()).add(consent.token())
        .add(consent.amount()).add(consent.to()).add(consent.nonce()).add(consent.deadline()).hash());
  }

  /**
   * What an owner signs to ask for a consent.
   *
   * @param amount smallest units of the token
   * @param id made by whoever asks: the same id is answered once
   * @param deadline chain seconds
   */
  public Bytes32 consentRequest(Address account, Address token, BigInteger amount, Address to, Bytes32 id, long deadline) {
    return digest(
        new Words().add(CONSENT_REQUEST_TYPE).add(account).add(token).add(amount).add(to).add(id.bytes()).add(deadline).hash());
  }

  /** What venue and attestors sign. */
  public Bytes32 header(EpochHeader header) {
    return digest(structHash(header));
  }

  /** What venue and attestors sign. */
  public Bytes32 report(CloseOutReport report) {
    return digest(new Words().add(REPORT_TYPE).add(report.venue()).add(report.account()).add(report.index()).addSigned(report.finalNet())
        .add(report.evidence().bytes()).hash());
  }

  /** Struct hash of a header: the next one's {@code previous}. */
  public static Bytes32 structHash(EpochHeader header) {
    return Bytes32.of(new Words().add(HEADER_TYPE).add(header.venue()).add(header.epoch()).add(header.snapshotBlock())
        .add(header.snapshotHash().bytes()).add(header.previous().bytes()).add(header.accounts()).add(header.root().bytes())
        .add(header.totalCredit()).add(header.totalDebit()).add(header.paramsHash().bytes()).add(header.pricesHash().bytes())
        .add(header.settles() ? 1 : 0).hash());
  }

  /** keccak256(0x1901 | domain separator | structHash). */
  public Bytes32 digest(Bytes32 structHash) {
    return digest(structHash.bytes());
  }

  private Bytes32 digest(byte[] structHash) {
    byte[] message = new byte[66];
    message[0] = 0x19;
    message[1] = 0x01;
    System.arraycopy(separator, 0, message, 2, 32);
    System.arraycopy(structHash, 0, message, 34, 32);
    return Bytes32.of(Hash.sha3(message));
  }

  /**
   * Who made a signature.
   *
   * @throws IllegalArgumentException if it is not 65 bytes with v 27 or 28 and s in the lower half, or nobody can have made it
   */
  public static Address recover(Bytes32 digest, Data signature) {
    byte[] bytes = signature.bytes();
    if (bytes.length != 65) {
      throw new IllegalArgumentException("a signature has 65 bytes, not " + bytes.length);
    }
    byte[] s = Arrays.copyOfRange(bytes, 32, 64);
    if (new BigInteger(1, s).compareTo(HALF_ORDER) > 0 || bytes[64] != 27 && bytes[64] != 28) {
      throw new IllegalArgumentException("a signature ends in v 27 or 28 and has s in the lower half");
    }
    try {
      BigInteger key =
          Sign.signedMessageHashToKey(digest.bytes(), new Sign.SignatureData(bytes[64], Arrays.copyOfRange(bytes, 0, 32), s));
      return new Address("0x" + Keys.getAddress(key));
    } catch (SignatureException | RuntimeException nobody) {
      throw new IllegalArgumentException("nobody can have made this signature", nobody);
    }
  }

  private static byte[] keccak(String text) {
    return Hash.sha3(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 32-byte words one after the other. */
  private static final class Words {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Words add(byte[] word) {
      bytes.writeBytes(word);
      return this;
    }

    Words add(long unsigned) {
      return add(BigInteger.valueOf(unsigned));
    }

    Words add(BigInteger unsigned) {
      return add(Numeric.toBytesPadded(unsigned, 32));
    }

    Words addSigned(BigInteger signed) {
      byte[] word = new byte[32];
      Arrays.fill(word, (byte) (signed.signum() < 0 ? -1 : 0));
      byte[] low = signed.toByteArray();
      System.arraycopy(low, 0, word, 32 - low.length, low.length);
      return add(word);
    }

    Words add(Address address) {
      return add(address.word().bytes());
    }

    byte[] hash() {
      return Hash.sha3(bytes.toByteArray());
    }
  }
}
