package io.ringfence.service.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells whether two updates say the same: one digest for one content, however its fields are ordered, spaced or escaped, and however its
 * numbers are written. Every value is hashed with its type and its length, so that no two contents run into each other.
 */
final class ContentDigest {
  private final MessageDigest sha256;

  private ContentDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256 of the content, in hex. */
  static String of(JsonNode content) {
    var digest = new ContentDigest();
    digest.add(content);
    return HexFormat.of().formatHex(digest.sha256.digest());
  }

  private void add(JsonNode node) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        Map<String, JsonNode> fields = new TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        begin('o', fields.size());
        fields.forEach((name, value) -> {
          text('k', name);
          add(value);
        });
      }
      case ARRAY -> {
        begin('a', node.size());
        node.forEach(this::add);
      }
      case STRING -> text('s', node.textValue());
      case NUMBER -> text('n', node.decimalValue().stripTrailingZeros().toString());
      default -> text('c', node.asText());
    }
  }

  private void text(char type, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    begin(type, bytes.length);
    sha256.update(bytes);
  }

  private void begin(char type, int length) {
    sha256.update(ByteBuffer.allocate(Character.BYTES + Integer.BYTES).putChar(type).putInt(length).array());
  }
}
