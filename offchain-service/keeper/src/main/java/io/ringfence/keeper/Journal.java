package io.ringfence.keeper;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;

/** One JSON object a line for whoever watches the keeper. */
final class Journal {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;

  Journal(PrintStream out) {
    this.out = out;
  }

  /** Writes one event with alternating field names and values. */
  void write(String event, Object... fields) {
    ObjectNode line = JSON.createObjectNode().put("event", event);
    for (int i = 0; i < fields.length; i += 2) {
      line.put(String.valueOf(fields[i]), String.valueOf(fields[i + 1]));
    }
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
