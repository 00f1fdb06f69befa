package io.ringfence.service.ingest;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.ringfence.chain.event.ChainEvent;
import io.ringfence.chain.event.LogPosition;
import io.ringfence.chain.type.Address;
import io.ringfence.chain.type.Bytes32;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Events as the journal keeps them: an object with the event's arguments by name, addresses and hashes as 0x text, amounts as decimal text
 * (they outgrow what other readers of JSON call a number). The position is not in it: the journal has columns for that.
 */
final class EventJson {
  private static final Map<String, Class<? extends ChainEvent>> KINDS =
      Arrays.stream(ChainEvent.class.getPermittedSubclasses())
          .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type.asSubclass(ChainEvent.class)));

  private static final JsonMapper READER = JsonMapper.builder().addModule(types()).build();
  private static final JsonMapper WRITER =
      JsonMapper.builder().addModule(types()).addMixIn(ChainEvent.class, WithoutPosition.class).build();

  private EventJson() {}

  @JsonIgnoreProperties("position")
  private interface WithoutPosition {}

  /** The event's kind: the name of its record. */
  static String kind(ChainEvent event) {
    return event.getClass().getSimpleName();
  }

  /** The event's arguments. */
  static String write(ChainEvent event) {
    try {
      return WRITER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write " + kind(event), e);
    }
  }

  /** The event's arguments as a tree. */
  static JsonNode tree(ChainEvent event) {
    return WRITER.valueToTree(event);
  }

  /** The event that {@link #write} wrote. */
  static ChainEvent read(String kind, String json, LogPosition position) {
    Class<? extends ChainEvent> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalStateException("the journal holds an event of unknown kind " + kind);
    }
    try {
      ObjectNode node = (ObjectNode) READER.readTree(json);
      node.set("position", READER.valueToTree(position));
      return READER.treeToValue(node, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the journal holds a " + kind + " that cannot be read", e);
    }
  }

  private static SimpleModule types() {
    return new SimpleModule()
        .addSerializer(BigInteger.class, ToStringSerializer.instance)
        .addSerializer(Address.class, new AsText<>(Address.class, Address::hex))
        .addSerializer(Bytes32.class, new AsText<>(Bytes32.class, Bytes32::hex))
        .addDeserializer(Address.class, new FromText<>(Address.class, Address::new))
        .addDeserializer(Bytes32.class, new FromText<>(Bytes32.class, Bytes32::new));
  }

  private static final class AsText<T> extends StdSerializer<T> {
    private final transient Function<T, String> text;

    AsText(Class<T> type, Function<T, String> text) {
      super(type);
      this.text = text;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
      json.writeString(text.apply(value));
    }
  }

  private static final class FromText<T> extends StdDeserializer<T> {
    private final transient Function<String, T> value;

    FromText(Class<T> type, Function<String, T> value) {
      super(type);
      this.value = value;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return value.apply(json.getValueAsString());
    }
  }
}
