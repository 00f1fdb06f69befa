package io.ringfence.chain.read;

import io.ringfence.chain.type.Data;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A contract's refusal.
 *
 * @param error name of the custom error, {@code Error}, {@code Panic}, or {@code Unknown} for a selector no ABI has
 * @param arguments by name in order: decimal numbers, 0x hex addresses and bytes, text
 * @param data as the node gave it
 */
public record Revert(String error, SequencedMap<String, String> arguments, Data data) {
  public Revert {
    arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
  }

  /** As {@code RequirementNotMet(value=1, required=2)}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(error).append('(');
    String separator = "";
    for (var argument : arguments.entrySet()) {
      text.append(separator).append(argument.getKey()).append('=').append(argument.getValue());
      separator = ", ";
    }
    return text.append(')').toString();
  }
}
