package io.ringfence.service.margin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.ringfence.margin.StandardMarginParameters;
import io.ringfence.margin.portfolio.PortfolioGrids;
import io.ringfence.margin.portfolio.PortfolioMarginParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The margin parameters that the venue is configured with: by the name of a grid that ships with the library, or from a file. */
final class ParameterFile {

  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
          DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .build();

  private ParameterFile() {}

  /**
   * {@link StandardMarginParameters} or {@link PortfolioMarginParameters}.
   *
   * @throws IllegalStateException naming the setting and what is wrong
   */
  static Record read(String setting) {
    return switch (setting) {
      case "standard-default" -> StandardMarginParameters.standard();
      case "portfolio-default" -> PortfolioGrids.standard();
      case "portfolio-deribit-like" -> PortfolioGrids.deribitLike();
      default -> file(Path.of(setting));
    };
  }

  private static Record file(Path file) {
    try {
      JsonNode given = MAPPER.readTree(Files.readString(file));
      Class<? extends Record> shape = given.path("model").asText().startsWith("ringfence-portfolio")
          ? PortfolioMarginParameters.class : StandardMarginParameters.class;
      return MAPPER.treeToValue(given, shape);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("ringfence.margin.model: " + file + " is no parameter file: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalStateException("ringfence.margin.model: " + file + " is not the name of a grid, and no file that can be read: give "
          + "standard-default, portfolio-default, portfolio-deribit-like or a parameter file", e);
    }
  }
}
