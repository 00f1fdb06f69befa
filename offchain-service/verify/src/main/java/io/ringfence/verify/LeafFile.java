package io.ringfence.verify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ringfence.reserves.Leaf;
import io.ringfence.reserves.LeafFormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of trees: an object with a member {@code leaves}, or an array of such objects. Leaves are read one by one, so that a file of a
 * million need not be in memory twice; other members are passed over.
 */
final class LeafFile implements Closeable {

  private static final JsonMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser parser;
  private boolean array;
  private boolean begun;
  private int trees;

  /** Opens a file; throws {@link InputException} if there is none, or it cannot be read. */
  LeafFile(Path file) {
    try {
      parser = MAPPER.createParser(Files.newInputStream(file));
    } catch (NoSuchFileException e) {
      throw new InputException("the file", "does not exist; check the path");
    } catch (IOException e) {
      throw new InputException("the file", "cannot be read: " + e.getMessage());
    }
  }

  /**
   * The next tree's leaves, one slot an index, null where one is released; or null after the last tree.
   *
   * @throws LeafFormatException for a leaf that breaks the format; the tree is then read to its end, so that the next
   *     one can follow
   * @throws InputException if this is not such a file; nothing follows then
   */
  List<Leaf> next() {
    try {
      JsonToken token = parser.nextToken();
      if (!begun) {
        begun = true;
        array = token == JsonToken.START_ARRAY;
        token = array ? parser.nextToken() : token;
      } else if (!array) {
        requireEnd(token);
        return null;
      }
      if (array && token == JsonToken.END_ARRAY) {
        requireEnd(parser.nextToken());
        return null;
      }
      if (token != JsonToken.START_OBJECT) {
        throw new InputException(place(), "must be an object with a member \"leaves\", or the file an array of such objects");
      }
      trees++;
      return leaves();
    } catch (JsonProcessingException e) {
      throw new InputException("the file", "is not valid JSON, line " + parser.currentLocation().getLineNr() + " column "
          + parser.currentLocation().getColumnNr() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new InputException("the file", "cannot be read: " + e.getMessage());
    }
  }

  /** Where the tree at hand is, for messages. */
  String place() {
    return array ? "tree " + Math.max(trees - 1, 0) : "the tree";
  }

  private List<Leaf> leaves() throws IOException {
    List<Leaf> leaves = null;
    RuntimeException first = null;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      boolean wanted = parser.currentName().equals("leaves");
      if (parser.nextToken() != JsonToken.START_ARRAY || !wanted) {
        if (wanted) {
          throw new InputException(place(), "has \"leaves\" that are no array; give one leaf an index, null where it is released");
        }
        parser.skipChildren();
        continue;
      }
      leaves = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonNode leaf = MAPPER.readTree(parser);
        try {
          leaves.add(leaf.isNull() ? null : LeafJson.read(leaf, leaves.size()));
        } catch (LeafFormatException refused) {
          first = first == null ? refused : first;
          leaves.add(null);
        }
      }
    }
    if (first != null) {
      throw first;
    }
    if (leaves == null) {
      throw new InputException(place(), "has no member \"leaves\"; give one leaf an index, null where it is released");
    }
    return leaves;
  }

  private static void requireEnd(JsonToken token) {
    if (token != null) {
      throw new InputException("the file", "goes on after its end; give one object or one array");
    }
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
