package io.ringfence.margin.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.ringfence.margin.MarginException;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import java.io.IOException;
import java.util.stream.Collectors;

/** The member {@code parameters}: the name of a published set, or a whole set in its canonical shape. */
final class ParameterFile {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .withCoercionConfig(LogicalType.Float, config -> config.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
      .build();

  private ParameterFile() {}

  static PortfolioMarginParameters portfolio(Fields root) {
    JsonNode given = root.any("parameters");
    if (!given.isTextual()) {
      return bind(given, PortfolioMarginParameters.class);
    }
    return switch (given.textValue()) {
      case "portfolio-default" -> PortfolioGrids.standard();
      case "portfolio-deribit-like" -> PortfolioGrids.deribitLike();
      default -> throw new InputException("parameters", "is " + given
          + "; give \"portfolio-default\", \"portfolio-deribit-like\" or an object of that shape");
    };
  }

  static StandardMarginParameters standard(Fields root) {
    JsonNode given = root.any("parameters");
    if (!given.isTextual()) {
      return bind(given, StandardMarginParameters.class);
    }
    if (!given.textValue().equals("standard-default")) {
      throw new InputException("parameters", "is " + given + "; give \"standard-default\" or an object of that shape");
    }
    return StandardMarginParameters.standard();
  }

  private static <T> T bind(JsonNode given, Class<T> type) {
    try {
      return MAPPER.treeToValue(given, type);
    } catch (JsonMappingException e) {
      String path = e.getPath().stream()
          .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
          .collect(Collectors.joining("", "parameters", ""));
      String problem = e.getCause() instanceof MarginException refused ? refused.getMessage() : e.getOriginalMessage();
      throw new InputException(path + ":", problem);
    } catch (IOException e) {
      throw new InputException("parameters", "cannot be read: " + e.getMessage());
    }
  }
}
