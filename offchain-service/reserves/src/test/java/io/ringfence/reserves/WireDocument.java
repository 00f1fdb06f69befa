package io.ringfence.reserves;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The worked vectors of {@code docs/wire.md}, by name. */
final class WireDocument {
  private static final Pattern VECTOR = Pattern.compile("```json vector:(\\w+)\n(.*?)```", Pattern.DOTALL);

  private WireDocument() {}

  static Map<String, JsonNode> vectors() throws IOException {
    Map<String, JsonNode> vectors = new TreeMap<>();
    Matcher matcher = VECTOR.matcher(Files.readString(root().resolve("docs/wire.md")));
    while (matcher.find()) {
      vectors.put(matcher.group(1), new ObjectMapper().readTree(matcher.group(2)));
    }
    return vectors;
  }

  /** The repository's folder. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.exists(folder.resolve("docs/wire.md"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("no docs/wire.md above " + Path.of("").toAbsolutePath());
    }
    return folder;
  }
}
