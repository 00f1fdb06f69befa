package io.ringfence.chain.type;

import java.util.Locale;
import java.util.Objects;

/** The one check of hex strings that the value records share. */
final class Hex {
  private Hex() {}

  /** {@code bytes < 0}: any length. */
  static String normalised(String hex, int bytes, String what) {
    Objects.requireNonNull(hex, what);
    boolean prefixed = hex.startsWith("0x") || hex.startsWith("0X");
    int digits = hex.length() - 2;
    if (!prefixed || (bytes < 0 ? digits % 2 != 0 : digits != 2 * bytes)) {
      throw new IllegalArgumentException(
          "not " + what + " (0x and " + (bytes < 0 ? "pairs of" : 2 * bytes) + " hex digits): " + shortened(hex));
    }
    boolean lower = hex.charAt(1) == 'x';
    for (int i = 2; i < hex.length(); i++) {
      char c = hex.charAt(i);
      if (c >= 'A' && c <= 'F') {
        lower = false;
      } else if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        throw new IllegalArgumentException("not " + what + ": character " + (i + 1) + " is no hex digit: " + shortened(hex));
      }
    }
    return lower ? hex : hex.toLowerCase(Locale.ROOT);
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
