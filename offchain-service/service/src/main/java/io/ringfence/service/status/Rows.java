package io.ringfence.service.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Query results as JSON objects, named as the query names its columns: exact numbers (amounts) as decimal text, integers as numbers,
 * JSON as JSON, everything else as text. Columns that are null are left out.
 */
final class Rows {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Rows() {}

  static List<ObjectNode> of(Handle handle, String sql, Map<String, ?> parameters) {
    Query query = handle.createQuery(sql);
    query.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
    return query.bindMap(parameters).map((row, context) -> row(row)).list();
  }

  private static ObjectNode row(ResultSet row) throws SQLException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ResultSetMetaData columns = row.getMetaData();
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      String name = columns.getColumnLabel(column);
      Object value = row.getObject(column);
      switch (value) {
        case null -> { }
        case BigDecimal number -> node.put(name, number.toPlainString());
        case Long number -> node.put(name, number);
        case Integer number -> node.put(name, number);
        case Boolean flag -> node.put(name, flag);
        default -> {
          if (columns.getColumnTypeName(column).startsWith("json")) {
            node.set(name, json(value.toString()));
          } else {
            node.put(name, value.toString());
          }
        }
      }
    }
    return node;
  }

  private static JsonNode json(String text) throws SQLException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new SQLException("a JSON column holds what is not JSON", e);
    }
  }
}
