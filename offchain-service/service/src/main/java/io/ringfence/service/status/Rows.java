package io.ringfence.service.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.sqlclient.data.Numeric;
import java.util.List;

/**
 * Query results as JSON objects, named as the query names its columns: exact numbers (amounts) as decimal text, integers as numbers,
 * JSON as JSON, everything else as text. Columns that are null are left out.
 */
final class Rows {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Rows() {}

  static List<ObjectNode> of(List<Row> rows) {
    return rows.stream().map(Rows::object).toList();
  }

  private static ObjectNode object(Row row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (int column = 0; column < row.size(); column++) {
      String name = row.getColumnName(column);
      switch (row.getValue(column)) {
        case null -> { }
        case Numeric number -> node.put(name, number.bigDecimalValue().toPlainString());
        case Long number -> node.put(name, number);
        case Integer number -> node.put(name, number);
        case Boolean flag -> node.put(name, flag);
        case JsonObject object -> node.set(name, json(object.encode()));
        case JsonArray array -> node.set(name, json(array.encode()));
        case Object other -> node.put(name, other.toString());
      }
    }
    return node;
  }

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON column holds what is not JSON", e);
    }
  }
}
