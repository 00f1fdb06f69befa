package io.ringfence.service.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An API key as its holder has it: {@code rf_ID_SECRET}.
 *
 * @param id names the key
 * @param secret 256 random bits in hex; the service keeps only their hash
 */
record ApiKey(String id, String secret) {
  private static final Pattern FORM = Pattern.compile("rf_([0-9a-f]{16})_([0-9a-f]{64})");
  private static final int ID_BYTES = 8;
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  static ApiKey random() {
    return new ApiKey(randomHex(ID_BYTES), randomHex(SECRET_BYTES));
  }

  static Optional<ApiKey> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches() ? Optional.of(new ApiKey(matcher.group(1), matcher.group(2))) : Optional.empty();
  }

  String text() {
    return "rf_" + id + "_" + secret;
  }

  /** A random secret of full length needs no salt and no slow hash. */
  byte[] hash() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return "rf_" + id + "_***";
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
