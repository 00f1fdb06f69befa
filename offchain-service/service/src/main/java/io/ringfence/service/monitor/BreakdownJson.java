package io.ringfence.service.monitor;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.ringfence.margin.Instrument;
import io.ringfence.service.margin.Breakdown;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Function;

/** A breakdown as JSON: instruments by name, decimals as text, doubles as numbers that read back to the same. */
final class BreakdownJson {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .findAndAddModules()
      .addModule(new SimpleModule()
          .addSerializer(Instrument.class, text(Instrument::name))
          .addSerializer(BigDecimal.class, text(BigDecimal::toPlainString)))
      .build();

  private BreakdownJson() {}

  static JsonNode of(Breakdown breakdown) {
    return switch (breakdown) {
      case Breakdown.Standard standard -> MAPPER.createObjectNode().set("standard", MAPPER.valueToTree(standard.result()));
      case Breakdown.Portfolio portfolio -> MAPPER.createObjectNode().set("portfolio", MAPPER.valueToTree(portfolio.underlyings()));
    };
  }

  private static <T> JsonSerializer<T> text(Function<T, String> form) {
    return new JsonSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString(form.apply(value));
      }
    };
  }
}
