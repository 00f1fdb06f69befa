package io.ringfence.reserves;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Derives the secret salts of leaves and positions from one master secret, so that none has to be stored and none repeats:
 * {@code key = HMAC-SHA256(master, chainId u64 | log 20B)}, then
 * {@code salt | positionsSalt = HMAC-SHA256(key, venue u32 | epoch u64 | index u32)}, 16 bytes each.
 *
 * <p>Immutable, safe to share between threads. Never prints what it holds.
 */
public final class Salts {
  /** The fewest bytes that a master secret may have. */
  public static final int MIN_MASTER_LENGTH = 32;

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac keyed;

  /**
   * @param master the venue's secret, at least 32 bytes; the caller may wipe its array afterwards
   * @param chainId the chain's id, not negative
   * @param log the attestation log's address
   * @throws WireFormatException if the master is too short or the chain id negative
   */
  public Salts(byte[] master, long chainId, Address log) {
    if (master.length < MIN_MASTER_LENGTH) {
      throw new WireFormatException("master", "has " + master.length + " bytes, must have at least " + MIN_MASTER_LENGTH);
    }
    byte[] context = new byte[28];
    Unsigned.put64(context, 0, Unsigned.requireNotNegative(chainId, "chainId"));
    log.copyTo(context, 8);
    this.keyed = keyed(keyed(master).doFinal(context));
  }

  /**
   * The salts of one leaf in one epoch.
   *
   * @param venue the venue's id, 0 to 2^32-1
   * @param epoch the epoch, not negative
   * @param index the account's index, 0 to 2^32-1
   * @throws WireFormatException if one of them is out of range
   */
  public LeafSalts derive(long venue, long epoch, long index) {
    byte[] message = new byte[16];
    Unsigned.put32(message, 0, Unsigned.require32(venue, "venue"));
    Unsigned.put64(message, 4, Unsigned.requireNotNegative(epoch, "epoch"));
    Unsigned.put32(message, 12, Unsigned.require32(index, "index"));
    byte[] both = copyOfKeyed().doFinal(message);
    return new LeafSalts(Salt.of(Arrays.copyOfRange(both, 0, 16)), Salt.of(Arrays.copyOfRange(both, 16, 32)));
  }

  /**
   * @param salt goes into the leaf
   * @param positionsSalt goes before the canonical positions, see {@link CanonicalPositions}
   */
  public record LeafSalts(Salt salt, Salt positionsSalt) {}

  /** Copying a keyed instance saves the two key blocks of every derivation and shares nothing between threads. */
  private Mac copyOfKeyed() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the security provider's " + ALGORITHM + " cannot be copied; use the JDK's own provider", e);
    }
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the Java runtime has no " + ALGORITHM, e);
    }
  }
}
