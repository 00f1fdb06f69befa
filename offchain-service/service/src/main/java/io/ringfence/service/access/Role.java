package io.ringfence.service.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a key may do. */
public enum Role {
  /** Issues and revokes keys, on every venue; may do what every other role may. */
  ADMIN("admin"),
  /** Sends positions. */
  TRADING("trading"),
  /** Sends prices. */
  MARKET_DATA("market-data"),
  /** Runs the venue: asks for settling roots. */
  OPERATOR("operator"),
  /** Reads single accounts. */
  READER("reader");

  private final String text;

  Role(String text) {
    this.text = text;
  }

  /** As it is written. */
  @JsonValue
  public String text() {
    return text;
  }

  /** The role so written; IllegalArgumentException lists what there is. */
  @JsonCreator
  public static Role of(String text) {
    return Arrays.stream(values())
        .filter(role -> role.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(
            "no such role; there are " + Arrays.stream(values()).map(Role::text).collect(Collectors.joining(", "))));
  }
}
